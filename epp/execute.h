#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "epp/call.h"
#include "registry/net/gatherer.h"
#include "registry/store/job.h"

namespace epp {

// The way of an I/O thread's commands to the store.
using Submissions = registry::net::Gatherer<std::unique_ptr<registry::store::Job>>;

// Gives the command to the store and waits until its reply is durable. Does not block.
boost::asio::awaitable<Answer> ExecuteCall(Submissions& submissions, StoreCall call);

}  // namespace epp
