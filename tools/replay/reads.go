package main

import (
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/rules"
)

// Reads knows which series every rule reads, by name, and which of them rules record.
type Reads struct {
	all      []rules.Rule
	recorded map[string]bool
}

func dependenciesOf(groups []*rules.Group) *Reads {
	reads := &Reads{recorded: map[string]bool{"ALERTS": true, "ALERTS_FOR_STATE": true}}
	for _, g := range groups {
		reads.all = append(reads.all, g.Rules()...)
	}
	for _, rule := range reads.all {
		if _, ok := rule.(*rules.RecordingRule); ok {
			reads.recorded[rule.Name()] = true
		}
	}
	return reads
}

// readsRaw tells whether a rule reads what no rule records.
func (r *Reads) readsRaw(rule rules.Rule) bool {
	for name := range namesIn(rule, false) {
		if !r.recorded[name] {
			return true
		}
	}
	return false
}

// neededFor keeps the rules on which the named series depend, and all rules where none is named.
func (r *Reads) neededFor(names []string) func(rules.Rule) bool {
	if len(names) == 0 {
		return func(rules.Rule) bool { return true }
	}
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[name] = true
	}
	return r.closure(wanted)
}

// readOverRanges keeps what others read over a range, and what that depends on: the rest has no memory.
func (r *Reads) readOverRanges() func(rules.Rule) bool {
	wanted := map[string]bool{}
	for _, rule := range r.all {
		for name := range namesIn(rule, true) {
			wanted[name] = true
		}
	}
	delete(wanted, "ALERTS")
	return r.closure(wanted)
}

func (r *Reads) closure(wanted map[string]bool) func(rules.Rule) bool {
	for grown := true; grown; {
		grown = false
		for _, rule := range r.all {
			if !wanted[nameOf(rule)] {
				continue
			}
			for name := range namesIn(rule, false) {
				grown = grown || !wanted[name]
				wanted[name] = true
			}
		}
	}
	return func(rule rules.Rule) bool { return wanted[nameOf(rule)] }
}

// An alert is read as ALERTS; all alerts count as one series.
func nameOf(rule rules.Rule) string {
	if _, ok := rule.(*rules.AlertingRule); ok {
		return "ALERTS"
	}
	return rule.Name()
}

// namesIn is the names of the series that a rule reads, or only those that it reads over a range.
func namesIn(rule rules.Rule, overRanges bool) map[string]bool {
	names := map[string]bool{}
	parser.Inspect(rule.Query(), func(node parser.Node, path []parser.Node) error {
		selector, ok := node.(*parser.VectorSelector)
		if ok && (!overRanges || inRange(path)) {
			names[metricOf(selector)] = true
		}
		return nil
	})
	return names
}

func inRange(path []parser.Node) bool {
	for _, node := range path {
		switch node.(type) {
		case *parser.MatrixSelector, *parser.SubqueryExpr:
			return true
		}
	}
	return false
}

func metricOf(selector *parser.VectorSelector) string {
	for _, matcher := range selector.LabelMatchers {
		if matcher.Name == labels.MetricName {
			return matcher.Value
		}
	}
	return ""
}

func nothing(rules.Rule) bool { return false }
