package main

import (
	"context"

	"github.com/prometheus/prometheus/rules"
)

// SentAlert is one alert as Prometheus would have sent it to Alertmanager, and when. Times are milliseconds.
type SentAlert struct {
	At          int64             `json:"at"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	StartsAt    int64             `json:"startsAt"`
	// EndsAt is when it resolved, or until when it holds if nothing more is sent.
	EndsAt   int64 `json:"endsAt"`
	Resolved bool  `json:"resolved"`
}

// Sent keeps everything that the rules send, in order.
type Sent struct {
	alerts []SentAlert
}

func (s *Sent) notify(_ context.Context, _ string, alerts ...*rules.Alert) {
	for _, alert := range alerts {
		s.alerts = append(s.alerts, asSent(alert))
	}
}

func asSent(alert *rules.Alert) SentAlert {
	sent := SentAlert{
		At: alert.LastSentAt.UnixMilli(), Labels: alert.Labels.Map(), Annotations: alert.Annotations.Map(),
		StartsAt: alert.FiredAt.UnixMilli(), EndsAt: alert.ValidUntil.UnixMilli(),
	}
	if !alert.ResolvedAt.IsZero() {
		sent.EndsAt, sent.Resolved = alert.ResolvedAt.UnixMilli(), true
	}
	return sent
}
