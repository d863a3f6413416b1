#pragma once

namespace registry::store {

// The message to a registrar whose credit a change of its balance has brought below the line that
// it is warned at; once, when it crosses that line. A part of a statement, in which `changed` has
// registrar, credit (afterwards), amount and low_balance, and $4 is the time.
inline constexpr char kTellLowBalance[] =
    "INSERT INTO poll_messages (registrar, queued, text, object_name) SELECT registrar, "
    "$4::timestamptz, format('Low balance: %s %s left to spend, less than %s', round(credit / "
    "100.0, 2), (SELECT currency FROM registry), round(low_balance / 100.0, 2)), '' FROM changed "
    "WHERE credit < low_balance AND credit - amount >= low_balance";

}  // namespace registry::store
