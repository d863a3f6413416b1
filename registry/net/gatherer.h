#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <utility>
#include <vector>

namespace registry::net {

// Gives on together what is added to it while its thread works through what one look at the sockets
// found: commands that came at the same time should share a group, and one waking of the thread
// that serves it. Alone, a thing is given on at once after its handler. To be used and destroyed on
// the thread of the executor, or when that does not run.
template <class T>
class Gatherer {
 public:
  using Give = std::function<void(std::vector<T>)>;
  Gatherer(boost::asio::any_io_executor executor, Give give)
      : executor_(std::move(executor)), give_(std::move(give)) {}
  Gatherer(const Gatherer&) = delete;
  Gatherer& operator=(const Gatherer&) = delete;

  void Add(T thing) {
    if (gathered_.empty()) {
      boost::asio::post(executor_, [this] { give_(std::exchange(gathered_, {})); });
    }
    gathered_.push_back(std::move(thing));
  }

 private:
  const boost::asio::any_io_executor executor_;
  const Give give_;
  std::vector<T> gathered_;
};

}  // namespace registry::net
