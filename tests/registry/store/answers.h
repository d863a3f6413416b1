#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <vector>

#include "registry/base/result_code.h"
#include "registry/store/store.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {

// The codes of answers that come from other threads, each in the place of its command.
class Answers {
 public:
  // For Store::Execute. One that never comes leaves Await waiting.
  template <class Command>
  void Send(Store& store, RegistrarKey asker, Command command) {
    size_t place;
    {
      const std::lock_guard lock(mutex_);
      place = codes_.size();
      codes_.push_back(ResultCode::kUnknownCommand);
      ++missing_;
    }
    store.Execute({asker, "client-1", "test"}, std::move(command),
                  [this, place](const Reply<AnswerOf<Command>>& reply) {
                    Take(place, StoreScene::CodeOf(reply));
                  });
  }
  std::function<void(ResultCode)> Place() {
    const std::lock_guard lock(mutex_);
    const size_t place = codes_.size();
    codes_.push_back(ResultCode::kUnknownCommand);
    ++missing_;
    return [this, place](ResultCode code) { Take(place, code); };
  }
  // Waits for all.
  std::vector<ResultCode> Await() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return missing_ == 0; });
    return codes_;
  }

 private:
  void Take(size_t place, ResultCode code) {
    const std::lock_guard lock(mutex_);
    codes_[place] = code;
    --missing_;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ResultCode> codes_;
  int missing_ = 0;
};

}  // namespace registry::store
