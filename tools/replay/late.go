package main

import (
	"context"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
)

// Late keeps what rules write until the moment of their evaluation is over, as rulers do that write to a remote storage:
// no rule sees what another one has written in the same moment.
type Late struct {
	storage.Appendable
	written []written
}

type written struct {
	labels labels.Labels
	time   int64
	value  float64
}

func (l *Late) Appender(context.Context) storage.Appender {
	return &lateAppender{late: l}
}

// flush makes everything visible.
func (l *Late) flush(ctx context.Context) error {
	if len(l.written) == 0 {
		return nil
	}
	appender := l.Appendable.Appender(ctx)
	for _, one := range l.written {
		if _, err := appender.Append(0, one.labels, one.time, one.value); err != nil {
			return err
		}
	}
	l.written = l.written[:0]
	return appender.Commit()
}

// lateAppender holds a rule's samples until it commits. Rules of ours write nothing but floats: any other method has no
// receiver, and panics.
type lateAppender struct {
	storage.Appender
	late    *Late
	samples []written
}

func (a *lateAppender) SetOptions(*storage.AppendOptions) {}

func (a *lateAppender) Append(_ storage.SeriesRef, l labels.Labels, t int64, v float64) (storage.SeriesRef, error) {
	a.samples = append(a.samples, written{labels: l, time: t, value: v})
	return 0, nil
}

func (a *lateAppender) Commit() error {
	a.late.written = append(a.late.written, a.samples...)
	return nil
}

func (a *lateAppender) Rollback() error { return nil }
