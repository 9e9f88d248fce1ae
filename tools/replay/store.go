package main

import (
	"context"
	"math"
	"os"
	"time"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
)

// Store is a TSDB that keeps everything in its head: a replay ends with its process.
type Store struct {
	db     *tsdb.DB
	folder string
	refs   map[uint32]storage.SeriesRef
}

func openStore() (*Store, error) {
	folder, err := os.MkdirTemp("", "firebreak-replay-")
	if err != nil {
		return nil, err
	}
	options := tsdb.DefaultOptions()
	options.WALSegmentSize = -1
	options.RetentionDuration = 0
	options.MinBlockDuration = (10_000 * time.Hour).Milliseconds()
	options.MaxBlockDuration = options.MinBlockDuration
	db, err := tsdb.Open(folder, promslog.NewNopLogger(), nil, options, nil)
	if err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	db.DisableCompactions()
	return &Store{db: db, folder: folder, refs: map[uint32]storage.SeriesRef{}}, nil
}

func (s *Store) close() {
	s.db.Close()
	os.RemoveAll(s.folder)
}

// appendUntil takes in what is visible by then.
func (s *Store) appendUntil(ctx context.Context, history *History, until int64) error {
	if history.ended || history.next.visible > until {
		return nil
	}
	appender := s.db.Appender(ctx)
	for !history.ended && history.next.visible <= until {
		if err := s.append(appender, history); err != nil {
			return err
		}
		if err := history.advance(); err != nil {
			return err
		}
	}
	return appender.Commit()
}

func (s *Store) append(appender storage.Appender, history *History) error {
	next := history.next
	ref, err := appender.Append(s.refs[next.series], history.series[next.series], next.time, next.value)
	if err == nil {
		s.refs[next.series] = ref
	}
	return err
}

const never = math.MaxInt64
