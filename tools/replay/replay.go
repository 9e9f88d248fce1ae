package main

import (
	"context"
	"hash/fnv"
	"math/rand"
	"time"
)

// lane is a peer at work: its groups now, and the versions that are still to come.
type lane struct {
	peer    Peer
	groups  []*group
	pending []Version
	due     map[*group]*turn
}

// turn is a group's next evaluation: the moment it is for, and when it really runs.
type turn struct {
	random *rand.Rand
	slot   int64
	runs   int64
}

// replay does what is due next until the end: a reload, or an evaluation after everything that is visible by then.
func replay(ctx context.Context, job *Job, history *History, store *Store, ruler *Ruler) error {
	lanes := make([]*lane, 0, len(job.Peers))
	for _, peer := range job.Peers {
		lanes = append(lanes, &lane{peer: peer, pending: peer.Versions, due: map[*group]*turn{}})
	}
	now := int64(0)
	for {
		next, g, when := soonest(lanes)
		if when > now {
			if err := ruler.settle(ctx); err != nil {
				return err
			}
			now = when
		}
		if next == nil || when > job.End {
			return store.appendUntil(ctx, history, job.End)
		}
		if err := store.appendUntil(ctx, history, when); err != nil {
			return err
		}
		if g == nil {
			if err := next.reload(ctx, job, ruler); err != nil {
				return err
			}
			continue
		}
		next.evaluate(ctx, g, ruler)
	}
}

// settle makes visible what the rules of the moment that is over have written.
func (r *Ruler) settle(ctx context.Context) error {
	if r.late == nil {
		return nil
	}
	return r.late.flush(ctx)
}

// soonest is the lane and group that is due first; no group means that a version is to be loaded.
func soonest(lanes []*lane) (*lane, *group, int64) {
	var first *lane
	var firstGroup *group
	when := int64(never)
	for _, l := range lanes {
		if len(l.pending) > 0 && l.pending[0].From < when {
			first, firstGroup, when = l, nil, l.pending[0].From
		}
		for _, g := range l.groups {
			if l.due[g].runs < when {
				first, firstGroup, when = l, g, l.due[g].runs
			}
		}
	}
	return first, firstGroup, when
}

// reload replaces the groups. State carries over where name and labels stay, as in Prometheus.
func (l *lane) reload(ctx context.Context, job *Job, ruler *Ruler) error {
	version := l.pending[0]
	l.pending = l.pending[1:]
	loaded, err := ruler.load(l.peer, version)
	if err != nil {
		return err
	}
	old := map[string]*group{}
	for _, g := range l.groups {
		old[g.key] = g
	}
	start := max(version.From, job.Start)
	l.groups, l.due = loaded, map[*group]*turn{}
	for _, g := range loaded {
		if start >= l.peer.WarmUntil {
			g.Group = g.full
		}
		if before := old[g.key]; before != nil {
			g.CopyState(before.Group)
		}
		delete(old, g.key)
		l.due[g] = firstTurn(g, l.peer, start, job.Seed)
	}
	for _, gone := range old {
		ruler.end(ctx, gone, start)
	}
	return nil
}

// end marks the series of a group that is no longer loaded as stale.
func (r *Ruler) end(ctx context.Context, gone *group, at int64) {
	empty := r.reduced(gone.full, nothing)
	empty.CopyState(gone.Group)
	empty.Eval(ctx, time.UnixMilli(at).UTC())
}

func firstTurn(g *group, peer Peer, start, seed int64) *turn {
	hash := fnv.New64a()
	hash.Write([]byte(peer.Name + "\xff" + g.key))
	t := &turn{random: rand.New(rand.NewSource(seed ^ int64(hash.Sum64())))}
	t.slot = start - start%g.intervalMs + g.phaseMs
	if t.slot < start {
		t.slot += g.intervalMs
	}
	t.runs = t.slot + t.lateness(peer)
	return t
}

func (t *turn) lateness(peer Peer) int64 {
	if peer.LateMs == 0 {
		return 0
	}
	return t.random.Int63n(peer.LateMs)
}

func (l *lane) evaluate(ctx context.Context, g *group, ruler *Ruler) {
	t := l.due[g]
	if g.Group != g.full && t.slot >= l.peer.WarmUntil {
		g.full.CopyState(g.Group)
		g.Group = g.full
	}
	if t.random.Float64() >= l.peer.Drop {
		ruler.costs.enter(g.Group, t.slot)
		g.Eval(ctx, time.UnixMilli(t.slot).UTC())
		ruler.costs.leave(g.Group)
	}
	t.slot += g.intervalMs
	t.runs = t.slot + t.lateness(l.peer)
}
