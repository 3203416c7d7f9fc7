package main

import (
	"context"
	"errors"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/config/configtls"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// The exporter that shares traces out is in no package either. This one, under
// its names, knows the members that hybridgen writes, and no other.
type loadBalancing struct {
	RoutingKey string `mapstructure:"routing_key"`
	Protocol   struct {
		OTLP struct {
			TLS configtls.ClientConfig `mapstructure:"tls"`
		} `mapstructure:"otlp"`
	} `mapstructure:"protocol"`
	Resolver struct {
		DNS struct {
			Hostname string        `mapstructure:"hostname"`
			Port     string        `mapstructure:"port"`
			Interval time.Duration `mapstructure:"interval"`
		} `mapstructure:"dns"`
	} `mapstructure:"resolver"`
	Retry configretry.BackOffConfig `mapstructure:"retry_on_failure"`
	Queue struct {
		Enabled bool `mapstructure:"enabled"`
	} `mapstructure:"sending_queue"`
}

func (c *loadBalancing) Validate() error {
	if c.RoutingKey != "traceID" {
		return errors.New("tail sampling needs the routing key traceID")
	}
	if c.Resolver.DNS.Hostname == "" {
		return errors.New("no hostname specified to resolve the backends")
	}
	return nil
}

func (still) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (still) ConsumeTraces(context.Context, ptrace.Traces) error { return nil }

func newLoadBalancing(name string) exporter.Factory {
	return exporter.NewFactory(component.MustNewType(name),
		func() component.Config { return &loadBalancing{Retry: configretry.NewDefaultBackOffConfig()} },
		exporter.WithTraces(func(context.Context, exporter.Settings, component.Config) (exporter.Traces, error) {
			return still{}, nil
		}, component.StabilityLevelBeta))
}
