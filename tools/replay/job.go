package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// Job says what to replay. All times are milliseconds since the epoch.
type Job struct {
	// History is the file of samples, in the order in which they become visible.
	History string `json:"history"`
	// Start and End bound the evaluations.
	Start int64 `json:"start"`
	End   int64 `json:"end"`
	// Seed decides which evaluations are dropped and how late the others are.
	Seed  int64  `json:"seed"`
	Peers []Peer `json:"peers"`
	// IntervalMs is of groups that name none.
	IntervalMs int64 `json:"intervalMs"`
	// Late makes what rules write visible only when the moment of their evaluation is over.
	Late bool `json:"late"`
	// CostFrom and CostTo bound the evaluations that are counted.
	CostFrom int64  `json:"costFrom"`
	CostTo   int64  `json:"costTo"`
	Dump     []Dump `json:"dump"`
	// Send asks for the alerts that would have been sent.
	Send bool `json:"send"`
}

// Peer is a set of rules that are evaluated beside others, over one history.
type Peer struct {
	Name string `json:"name"`
	// Versions are rule files and since when they are loaded; each replaces the one before, as a reload does.
	Versions []Version `json:"versions"`
	// Phase is "hash": every group has its own moment within its interval, as in Prometheus; or "aligned": all at its start.
	Phase string `json:"phase"`
	// Drop is the share of evaluations that never take place.
	Drop float64 `json:"drop"`
	// LateMs is the most by which an evaluation runs after the moment that it is for.
	LateMs int64 `json:"lateMs"`
	// WarmUntil leaves out, before this time, what nobody reads over a range later on.
	WarmUntil int64 `json:"warmUntil"`
	// Only names the series that are wanted: rules that these do not depend on are left out. Empty: all rules.
	Only []string `json:"only"`
}

// Version is the files of a peer from a moment on.
type Version struct {
	From  int64    `json:"from"`
	Files []string `json:"files"`
}

// Dump asks for the series that match a selector.
type Dump struct {
	Match string `json:"match"`
	From  int64  `json:"from"`
	To    int64  `json:"to"`
}

func readJob(path string) (*Job, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	job := &Job{}
	if err := json.Unmarshal(text, job); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return job, nil
}
