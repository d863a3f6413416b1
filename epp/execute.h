#pragma once

#include <boost/asio/awaitable.hpp>

#include "epp/call.h"
#include "registry/store/store.h"

namespace epp {

// Gives the command to the store and waits until its reply is durable. Does not block.
boost::asio::awaitable<Answer> ExecuteCall(registry::store::Store& store, StoreCall call);

}  // namespace epp
