#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <utility>

#include "registry/net/metrics.h"
#include "tests/whois/sample_registry.h"
#include "tests/whois/scene_lookups.h"
#include "tests/whois/scene_searches.h"

namespace tests {

// Runs a coroutine to its end.
template <class T>
T Await(boost::asio::awaitable<T> coroutine) {
  boost::asio::io_context io;
  std::future<T> result = boost::asio::co_spawn(io, std::move(coroutine), boost::asio::use_future);
  io.run();
  return result.get();
}

// What a service needs around it.
struct ServiceWorld {
  SampleRegistry registry;
  SceneLookups lookups{registry};
  SceneSearches searches{registry};
  registry::net::Metrics metrics{"whois_test", "0"};

  // The value of postel_queries_total{kind, result}.
  double Counted(const std::string& kind, const std::string& result) {
    for (const auto& family : metrics.registry().Collect()) {
      if (family.name != "postel_queries_total") continue;
      for (const auto& metric : family.metric) {
        if (HasLabel(metric, "kind", kind) && HasLabel(metric, "result", result)) {
          return metric.counter.value;
        }
      }
    }
    return -1;
  }

 private:
  static bool HasLabel(const prometheus::ClientMetric& metric, const std::string& name,
                       const std::string& value) {
    for (const auto& label : metric.label) {
      if (label.name == name && label.value == value) return true;
    }
    return false;
  }
};

}  // namespace tests
