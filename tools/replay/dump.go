package main

import (
	"context"
	"math"
	"strconv"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
)

// DumpedSeries is every sample of a series. A value that JSON has no number for is text: "stale", "NaN", "+Inf", "-Inf".
type DumpedSeries struct {
	Labels map[string]string `json:"labels"`
	Times  []int64           `json:"t"`
	Values []any             `json:"v"`
}

func dump(ctx context.Context, db *tsdb.DB, wanted []Dump) ([]DumpedSeries, error) {
	series := []DumpedSeries{}
	for _, one := range wanted {
		found, err := dumpOne(ctx, db, one)
		if err != nil {
			return nil, err
		}
		series = append(series, found...)
	}
	return series, nil
}

func dumpOne(ctx context.Context, db *tsdb.DB, wanted Dump) ([]DumpedSeries, error) {
	matchers, err := parser.NewParser(parser.Options{}).ParseMetricSelector(wanted.Match)
	if err != nil {
		return nil, err
	}
	querier, err := db.Querier(wanted.From, wanted.To)
	if err != nil {
		return nil, err
	}
	defer querier.Close()
	set := querier.Select(ctx, true, nil, matchers...)
	var found []DumpedSeries
	for set.Next() {
		found = append(found, dumpSeries(set.At()))
	}
	return found, set.Err()
}

func dumpSeries(series storage.Series) DumpedSeries {
	dumped := DumpedSeries{Labels: map[string]string{}, Times: []int64{}, Values: []any{}}
	series.Labels().Range(func(label labels.Label) { dumped.Labels[label.Name] = label.Value })
	samples := series.Iterator(nil)
	for samples.Next() == chunkenc.ValFloat {
		at, number := samples.At()
		dumped.Times = append(dumped.Times, at)
		dumped.Values = append(dumped.Values, asJSON(number))
	}
	return dumped
}

func asJSON(number float64) any {
	switch {
	case value.IsStaleNaN(number):
		return "stale"
	case math.IsNaN(number) || math.IsInf(number, 0):
		return strconv.FormatFloat(number, 'g', -1, 64)
	default:
		return number
	}
}
