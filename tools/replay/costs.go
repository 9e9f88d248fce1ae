package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/util/stats"
)

// RuleCost is what one rule cost in the counted time, by the engine's own statistics of its queries.
type RuleCost struct {
	Peer     string `json:"peer"`
	Group    string `json:"group"`
	Interval int64  `json:"intervalMs"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Labels   string `json:"labels"`
	// ReadsRaw: it reads a series that no rule of its peer records.
	ReadsRaw    bool  `json:"readsRaw"`
	Evaluations int64 `json:"evaluations"`
	// SamplesRead counts what sub-queries read, too.
	SamplesRead int64   `json:"samplesRead"`
	PeakSamples int64   `json:"peakSamples"`
	Seconds     float64 `json:"seconds"`
	// Failures and Failure are over the whole replay.
	Failures int64  `json:"failures"`
	Failure  string `json:"failure,omitempty"`
}

// Costs knows which rule is being evaluated and adds its queries to it.
type Costs struct {
	from, to int64
	rules    []*RuleCost
	of       map[rules.Rule]*RuleCost
	// current is the rules of the group that is being evaluated, by what tells them apart.
	current map[string]*RuleCost
	now     int64
}

func newCosts(from, to int64) *Costs {
	return &Costs{from: from, to: to, of: map[rules.Rule]*RuleCost{}}
}

func (c *Costs) add(peer string, g *rules.Group, rule rules.Rule, readsRaw bool) {
	kind := "record"
	if _, ok := rule.(*rules.AlertingRule); ok {
		kind = "alert"
	}
	cost := &RuleCost{
		Peer: peer, Group: g.Name(), Interval: g.Interval().Milliseconds(), Kind: kind, Name: rule.Name(),
		Labels: rule.Labels().String(), ReadsRaw: readsRaw,
	}
	c.rules = append(c.rules, cost)
	c.of[rule] = cost
}

func (c *Costs) enter(g *rules.Group, now int64) {
	c.now = now
	c.current = map[string]*RuleCost{}
	for _, rule := range g.Rules() {
		c.current[identity(rule.Name(), rule.Labels())] = c.of[rule]
	}
}

func identity(name string, ruleLabels labels.Labels) string {
	return name + ruleLabels.String()
}

// leave notes the rules that failed, in the query or in writing its result.
func (c *Costs) leave(g *rules.Group) {
	for _, rule := range g.Rules() {
		if err := rule.LastError(); err != nil {
			c.of[rule].Failures++
			c.of[rule].Failure = err.Error()
		}
	}
}

func (c *Costs) count(engine *promql.Engine, queryable storage.Queryable) rules.QueryFunc {
	return func(ctx context.Context, text string, at time.Time) (promql.Vector, error) {
		query, err := engine.NewInstantQuery(ctx, queryable, nil, text, at)
		if err != nil {
			return nil, err
		}
		defer query.Close()
		start := time.Now()
		result := query.Exec(ctx)
		c.note(ctx, query.Stats(), time.Since(start))
		if result.Err != nil {
			return nil, result.Err
		}
		return asVector(result)
	}
}

func (c *Costs) note(ctx context.Context, statistics *stats.Statistics, took time.Duration) {
	if c.now < c.from || c.now >= c.to {
		return
	}
	origin := rules.FromOriginContext(ctx)
	cost := c.current[identity(origin.Name, origin.Labels)]
	if cost == nil {
		return
	}
	cost.Evaluations++
	cost.SamplesRead += statistics.Samples.SamplesRead
	cost.PeakSamples = max(cost.PeakSamples, int64(statistics.Samples.PeakSamples))
	cost.Seconds += took.Seconds()
}

// A scalar becomes a vector of one sample, as in Prometheus's own ruler.
func asVector(result *promql.Result) (promql.Vector, error) {
	switch value := result.Value.(type) {
	case promql.Vector:
		return value, nil
	case promql.Scalar:
		return promql.Vector{promql.Sample{T: value.T, F: value.V, Metric: labels.Labels{}}}, nil
	default:
		return nil, errors.New("rule result is not a vector or scalar")
	}
}

func (c *Costs) report() []RuleCost {
	report := make([]RuleCost, 0, len(c.rules))
	for _, cost := range c.rules {
		report = append(report, *cost)
	}
	return report
}
