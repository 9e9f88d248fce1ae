// replay evaluates rule files over a known history, with Prometheus's own storage, query engine and rule groups.
//
//	replay --version
//	replay job.json > report.json
//
// Time is the job's, not the machine's: a sample enters the storage when it becomes visible, a group is evaluated when it
// is due, and whichever comes first is done first. So a month takes minutes, and a slow scrape is as invisible as it is live.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"time"
)

// Set by the linker.
var version = "unknown"

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: replay job.json"))
	}
	if os.Args[1] == "--version" {
		fmt.Println("replay, version " + version)
		return
	}
	report, err := run(os.Args[1])
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "replay: "+err.Error())
	os.Exit(1)
}

// Report is what the program prints.
type Report struct {
	Rules  []RuleCost     `json:"rules"`
	Series []DumpedSeries `json:"series"`
	Sent   []SentAlert    `json:"sent,omitempty"`
}

func run(path string) (*Report, error) {
	// Memory is there to be used; collecting it less often saves a sixth of the time.
	debug.SetGCPercent(400)
	job, err := readJob(path)
	if err != nil {
		return nil, err
	}
	history, err := openHistory(job.History)
	if err != nil {
		return nil, err
	}
	defer history.close()
	store, err := openStore()
	if err != nil {
		return nil, err
	}
	defer store.close()
	costs := newCosts(job.CostFrom, job.CostTo)
	sent := &Sent{}
	ruler := newRuler(store.db, costs, sent, time.Duration(job.IntervalMs)*time.Millisecond, job.Late)
	if err := replay(context.Background(), job, history, store, ruler); err != nil {
		return nil, err
	}
	series, err := dump(context.Background(), store.db, job.Dump)
	if err != nil {
		return nil, err
	}
	report := &Report{Rules: costs.report(), Series: series}
	if job.Send {
		report.Sent = sent.alerts
	}
	return report, nil
}
