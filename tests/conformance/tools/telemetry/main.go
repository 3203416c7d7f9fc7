// Telemetry is an OpenTelemetry Collector with the components that hybridgen
// configures, and others that a model may name; beside it, Prometheus' parser of
// expressions and Alertmanager's of configurations.
//
// Called with arguments it is the Collector's own command: `validate --config
// FILE` and so on. Without, it is asked. Input: for each question its length in
// bytes on a line, then the question: a line that says what it is about, and
// the text. Output: a line of JSON each.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/connector/spanmetricsconnector"
	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusexporter"
	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusremotewriteexporter"
	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/healthcheckextension"
	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/storage/filestorage"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/attributesprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/filterprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/k8sattributesprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/probabilisticsamplerprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/resourceprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/tailsamplingprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/transformprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/receiver/prometheusreceiver"
	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/prometheus/promql/parser"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/debugexporter"
	"go.opentelemetry.io/collector/exporter/otlpexporter"
	"go.opentelemetry.io/collector/exporter/otlphttpexporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"
	"go.opentelemetry.io/collector/processor/memorylimiterprocessor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
)

func components() (f otelcol.Factories, err error) {
	if f.Receivers, err = otelcol.MakeFactoryMap[receiver.Factory](
		otlpreceiver.NewFactory(), prometheusreceiver.NewFactory(), newFileLog("file_log"), newFileLog("filelog")); err != nil {
		return f, err
	}
	if f.Processors, err = otelcol.MakeFactoryMap[processor.Factory](
		batchprocessor.NewFactory(), memorylimiterprocessor.NewFactory(), k8sattributesprocessor.NewFactory(), resourceprocessor.NewFactory(),
		attributesprocessor.NewFactory(), filterprocessor.NewFactory(), transformprocessor.NewFactory(), tailsamplingprocessor.NewFactory(),
		probabilisticsamplerprocessor.NewFactory()); err != nil {
		return f, err
	}
	if f.Exporters, err = otelcol.MakeFactoryMap[exporter.Factory](
		otlpexporter.NewFactory(), otlphttpexporter.NewFactory(), debugexporter.NewFactory(), prometheusexporter.NewFactory(),
		prometheusremotewriteexporter.NewFactory(), newLoadBalancing("load_balancing"), newLoadBalancing("loadbalancing")); err != nil {
		return f, err
	}
	if f.Connectors, err = otelcol.MakeFactoryMap[connector.Factory](spanmetricsconnector.NewFactory()); err != nil {
		return f, err
	}
	f.Extensions, err = otelcol.MakeFactoryMap[extension.Factory](healthcheckextension.NewFactory(), filestorage.NewFactory())
	f.Telemetry = otelconftelemetry.NewFactory()
	return f, err
}

// settings of a Collector whose configuration stands where the address says.
func settings(address string) otelcol.CollectorSettings {
	s := otelcol.CollectorSettings{
		BuildInfo: component.BuildInfo{Command: "telemetry", Description: "the Collector that judges", Version: "0.155.0"},
		Factories: components,
		ConfigProviderSettings: otelcol.ConfigProviderSettings{ResolverSettings: confmap.ResolverSettings{
			ProviderFactories: []confmap.ProviderFactory{fileprovider.NewFactory(), envprovider.NewFactory(), yamlprovider.NewFactory()},
		}},
	}
	if address != "" {
		s.ConfigProviderSettings.ResolverSettings.URIs = []string{address}
	}
	return s
}

// collector does what `validate` does.
func collector(config string) error {
	c, err := otelcol.NewCollector(settings("yaml:" + config))
	if err != nil {
		return err
	}
	return c.DryRun(context.Background())
}

func expression(text string) error {
	_, err := parser.NewParser(parser.Options{}).ParseExpr(text)
	return err
}

func alertmanager(text string) error {
	_, err := config.Load(text)
	return err
}

// judge answers a question with what is wrong, or nothing.
func judge(question string) string {
	about, text, _ := strings.Cut(question, "\n")
	ask, known := map[string]func(string) error{
		"collector": collector, "expression": expression, "alertmanager": alertmanager,
	}[about]
	if !known {
		return "nobody knows about " + about
	}
	if err := ask(text); err != nil {
		return err.Error()
	}
	return ""
}

func main() {
	if len(os.Args) > 1 {
		command := otelcol.NewCommand(settings(""))
		if err := command.Execute(); err != nil {
			os.Exit(1)
		}
		return
	}
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.Encode("ready")
	for {
		var length int
		if _, err := fmt.Fscanf(in, "%d\n", &length); err != nil {
			return
		}
		question := make([]byte, length)
		if _, err := io.ReadFull(in, question); err != nil {
			return
		}
		out.Encode(map[string]string{"error": judge(string(question))})
	}
}
