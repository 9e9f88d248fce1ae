package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/prometheus/prometheus/model/labels"
)

// A sample of the history. `visible` is when its scrape ended, `time` when it began.
type sample struct {
	series  uint32
	visible int64
	time    int64
	value   float64
}

const recordBytes = 4 + 8 + 8 + 8

// History reads samples one by one. The file is a line of JSON that names the series, then little-endian records:
// the number of the series (uint32), visible, time (float64, milliseconds) and value (float64, stale markers included).
type History struct {
	file   *os.File
	reader *bufio.Reader
	series []labels.Labels
	next   sample
	ended  bool
}

func openHistory(path string) (*History, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	h := &History{file: file, reader: bufio.NewReaderSize(file, 1<<20)}
	line, err := h.reader.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var header struct {
		Series []map[string]string `json:"series"`
	}
	if err := json.Unmarshal(line, &header); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, series := range header.Series {
		h.series = append(h.series, labels.FromMap(series))
	}
	return h, h.advance()
}

func (h *History) close() { h.file.Close() }

func (h *History) advance() error {
	var record [recordBytes]byte
	if _, err := io.ReadFull(h.reader, record[:]); err == io.EOF {
		h.ended = true
		return nil
	} else if err != nil {
		return err
	}
	h.next = sample{
		series:  binary.LittleEndian.Uint32(record[0:]),
		visible: int64(float(record[4:])),
		time:    int64(float(record[12:])),
		value:   float(record[20:]),
	}
	return nil
}

func float(bytes []byte) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(bytes))
}
