#include "bench/lookup/asker.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <deque>
#include <string_view>

#include "bench/load/schedule.h"
#include "registry/base/check.h"

namespace bench {
namespace {

using std::chrono::microseconds;

struct Line {
  int socket = -1;
  bool busy = false;
  bool writable = false;  // waits to be connected
  std::string sent;
  std::string received;
  Instant due;
};

class Asker {
 public:
  Asker(const AskerSettings& settings, const std::vector<std::string>& names)
      : settings_(settings),
        names_(names),
        next_name_(settings.first_name % names.size()),
        lines_(static_cast<size_t>(settings.connections)),
        epoll_(epoll_create1(EPOLL_CLOEXEC)),
        schedule_(settings.rate > 0
                      ? Schedule::Open(settings.rate, std::chrono::steady_clock::now())
                      : Schedule::Closed()) {
    POSTEL_CHECK(epoll_ >= 0);
    for (Line& line : lines_) idle_.push_back(&line);
  }
  ~Asker() {
    for (Line& line : lines_) Close(line);
    close(epoll_);
  }

  AskerResult Run() {
    std::array<epoll_event, 256> events;
    while (true) {
      Instant now = std::chrono::steady_clock::now();
      if (now >= settings_.until) return std::move(result_);
      while (!idle_.empty() && schedule_.IsDue(now)) Begin(now);
      const timespec wait = WaitFor(now);
      const int count = epoll_pwait2(epoll_, events.data(), events.size(), &wait, nullptr);
      for (int i = 0; i < count; ++i) Handle(*static_cast<Line*>(events[i].data.ptr));
    }
  }

 private:
  // Never by spinning: that would take the processor from the server.
  timespec WaitFor(Instant now) const {
    constexpr long kLongest = 10'000'000;
    long nanoseconds = kLongest;
    if (settings_.rate > 0 && !idle_.empty()) {
      const auto left = std::chrono::nanoseconds(schedule_.NextDue() - now).count();
      nanoseconds = std::clamp<long>(left, 0, kLongest);
    }
    return {0, nanoseconds};
  }

  void Begin(Instant now) {
    Line& line = *idle_.front();
    idle_.pop_front();
    line.busy = true;
    line.due = settings_.rate > 0 ? schedule_.Take(now) : now;
    line.received.clear();
    Compose(line);
    if (line.socket < 0 && !Connect(line)) return Fail(line);
    if (!line.writable) Send(line);
  }

  void Compose(Line& line) {
    const std::string& name = names_[next_name_];
    next_name_ = (next_name_ + 1) % names_.size();
    line.sent.clear();
    switch (settings_.protocol) {
      case Protocol::kRdap:
        line.sent.append("GET /domain/")
            .append(name)
            .append(" HTTP/1.1\r\nHost: rdap.example\r\n\r\n");
        return;
      case Protocol::kHttp:
        line.sent.append("GET /domain/")
            .append(name)
            .append(" HTTP/1.0\r\nHost: rdap.example\r\n\r\n");
        return;
      case Protocol::kWhois:
        line.sent.append(name).append("\r\n");
    }
  }

  bool Connect(Line& line) {
    line.socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (line.socket < 0) return false;
    const int on = 1;
    setsockopt(line.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(settings_.port);
    POSTEL_CHECK(inet_pton(AF_INET, settings_.host.c_str(), &address.sin_addr) == 1);
    const int done =
        connect(line.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (done != 0 && errno != EINPROGRESS) return false;
    line.writable = done != 0;
    epoll_event event{};
    event.events = line.writable ? EPOLLOUT | EPOLLIN : EPOLLIN;
    event.data.ptr = &line;
    return epoll_ctl(epoll_, EPOLL_CTL_ADD, line.socket, &event) == 0;
  }

  // A query fits into any socket's buffer.
  void Send(Line& line) {
    const ssize_t done = send(line.socket, line.sent.data(), line.sent.size(), MSG_NOSIGNAL);
    if (done != static_cast<ssize_t>(line.sent.size())) Fail(line);
  }

  void Handle(Line& line) {
    if (line.socket < 0) return;
    if (line.writable) {
      line.writable = false;
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = &line;
      epoll_ctl(epoll_, EPOLL_CTL_MOD, line.socket, &event);
      return Send(line);
    }
    while (true) {
      const ssize_t size = recv(line.socket, chunk_.data(), chunk_.size(), 0);
      if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
      if (size < 0) return Fail(line);
      if (size == 0) return Ended(line);
      line.received.append(chunk_.data(), static_cast<size_t>(size));
      if (settings_.protocol == Protocol::kRdap && IsWhole(line.received)) return Finish(line);
      if (static_cast<size_t>(size) < chunk_.size()) return;
    }
  }

  void Ended(Line& line) {
    if (!line.busy || settings_.protocol == Protocol::kRdap || line.received.empty()) {
      return line.busy ? Fail(line) : Close(line);
    }
    Close(line);
    Finish(line);
  }

  static bool IsWhole(std::string_view text) {
    const size_t end = text.find("\r\n\r\n");
    if (end == text.npos) return false;
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const size_t at = text.find(kLength);
    size_t length = 0;
    if (at < end) {
      const char* digits = text.data() + at + kLength.size();
      std::from_chars(digits, text.data() + end, length);
    }
    return text.size() >= end + 4 + length;
  }

  void Finish(Line& line) {
    const Instant now = std::chrono::steady_clock::now();
    if (now >= settings_.measure_from && now < settings_.until) {
      ++result_.answers;
      result_.bytes += static_cast<int64_t>(line.received.size());
      result_.microseconds.Add(static_cast<uint64_t>(
          std::max<int64_t>(0, std::chrono::duration_cast<microseconds>(now - line.due).count())));
      ++Judge(line.received);
    }
    const bool closes = settings_.protocol == Protocol::kRdap && IsLast(line.received);
    if (closes) Close(line);
    line.busy = false;
    idle_.push_back(&line);
  }

  static bool IsLast(std::string_view text) {
    return text.substr(0, text.find("\r\n\r\n")).find("\r\nConnection: close") != text.npos;
  }

  int64_t& Judge(std::string_view text) {
    if (settings_.protocol == Protocol::kWhois) {
      if (text.starts_with("Domain Name: ")) return result_.found;
      return text.starts_with("No match") ? result_.not_found : result_.failures;
    }
    const std::string_view status = text.substr(std::min<size_t>(text.size(), 9), 3);
    if (status == "200") return result_.found;
    return status == "404" ? result_.not_found : result_.failures;
  }

  void Fail(Line& line) {
    ++result_.failures;
    Close(line);
    line.busy = false;
    idle_.push_back(&line);
  }

  void Close(Line& line) {
    if (line.socket >= 0) close(line.socket);
    line.socket = -1;
    line.writable = false;
  }

  const AskerSettings& settings_;
  const std::vector<std::string>& names_;
  size_t next_name_;
  std::vector<Line> lines_;
  std::deque<Line*> idle_;
  const int epoll_;
  Schedule schedule_;
  std::array<char, 16384> chunk_;
  AskerResult result_;
};

}  // namespace

AskerResult Ask(const AskerSettings& settings, const std::vector<std::string>& names) {
  return Asker(settings, names).Run();
}

}  // namespace bench
