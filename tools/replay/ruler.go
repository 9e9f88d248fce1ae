package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/url"
	"path/filepath"
	"sort"
	"time"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/tsdb"
)

// Ruler loads rule files the way Prometheus does.
type Ruler struct {
	options *rules.ManagerOptions
	manager *rules.Manager
	costs   *Costs
	// late holds what was written in this moment; nil where it is visible at once.
	late *Late
	// interval is of groups that name none.
	interval time.Duration
}

func newRuler(db *tsdb.DB, costs *Costs, sent *Sent, interval time.Duration, isLate bool) *Ruler {
	engine := promql.NewEngine(promql.EngineOpts{
		Logger:               promslog.NewNopLogger(),
		MaxSamples:           1_000_000_000,
		Timeout:              time.Hour,
		LookbackDelta:        5 * time.Minute,
		EnableAtModifier:     true,
		EnableNegativeOffset: true,
		NoStepSubqueryIntervalFn: func(int64) int64 {
			return time.Minute.Milliseconds()
		},
		Parser: parser.NewParser(parser.Options{}),
	})
	options := &rules.ManagerOptions{
		ExternalURL: &url.URL{},
		QueryFunc:   costs.count(engine, db),
		NotifyFunc:  sent.notify,
		ResendDelay: time.Minute,
		Context:     context.Background(),
		Appendable:  db,
		Queryable:   db,
		Logger:      promslog.NewNopLogger(),
	}
	var late *Late
	if isLate {
		late = &Late{Appendable: db}
		options.Appendable = late
	}
	return &Ruler{options: options, manager: rules.NewManager(options), costs: costs, late: late, interval: interval}
}

// group is a rule group of one peer and when it is due.
type group struct {
	*rules.Group
	// key tells groups of one peer apart, whatever folder their files are in.
	key string
	// steps are the sets of rules that it goes through: a reduced one, then all of them.
	full *rules.Group
	// phaseMs is when it is evaluated within its interval.
	phaseMs    int64
	intervalMs int64
}

func (r *Ruler) load(peer Peer, version Version) ([]*group, error) {
	loaded, errs := r.manager.LoadGroups(r.interval, labels.EmptyLabels(), "", nil, false, version.Files...)
	if len(errs) > 0 {
		return nil, fmt.Errorf("%s: %w", peer.Name, errs[0])
	}
	all := make([]*rules.Group, 0, len(loaded))
	for _, g := range loaded {
		all = append(all, g)
	}
	sort.Slice(all, func(i, j int) bool { return keyOf(all[i]) < keyOf(all[j]) })
	reads := dependenciesOf(all)
	groups := make([]*group, 0, len(all))
	for _, loadedGroup := range all {
		full := r.reduced(loadedGroup, reads.neededFor(peer.Only))
		warm := r.reduced(full, reads.readOverRanges())
		for _, rule := range full.Rules() {
			// Prometheus holds ALERTS back until it has restored what fired before it was started.
			if alert, ok := rule.(*rules.AlertingRule); ok {
				alert.SetRestored(true)
			}
			r.costs.add(peer.Name, full, rule, reads.readsRaw(rule))
		}
		groups = append(groups, newGroup(peer, full, warm))
	}
	return groups, nil
}

func newGroup(peer Peer, full, warm *rules.Group) *group {
	g := &group{Group: warm, full: full, key: keyOf(full), intervalMs: full.Interval().Milliseconds()}
	if peer.Phase == "hash" {
		hash := fnv.New64a()
		fmt.Fprint(hash, peer.Name, "\xff", g.key)
		g.phaseMs = int64(hash.Sum64() % uint64(g.intervalMs))
	}
	return g
}

func keyOf(g *rules.Group) string {
	return filepath.Base(g.File()) + ";" + g.Name()
}

// reduced is the group with the rules that are wanted, or the group itself where that is all of them.
func (r *Ruler) reduced(g *rules.Group, wanted func(rules.Rule) bool) *rules.Group {
	var kept []rules.Rule
	for _, rule := range g.Rules() {
		if wanted(rule) {
			kept = append(kept, rule)
		}
	}
	return rules.NewGroup(rules.GroupOptions{
		Name: g.Name(), File: g.File(), Interval: g.Interval(), Limit: g.Limit(), Rules: kept, Opts: r.options,
	})
}
