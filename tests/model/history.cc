#include "tests/model/history.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/rules/access.h"

namespace model {
namespace {

using registry::Concat;

// Invents one step after the other, looking at the registry as the earlier ones have left it.
class Inventor {
 public:
  Inventor(const Setting& setting, const registry::MemoryRegistry& registry)
      : commands_(setting.seed, registry) {
    now_ += absl::Hours(24 * (setting.seed % 1000));  // more or less near a 29 February
  }

  Step Next() {
    if (left_ == 0) {
      now_ += commands_.Pause();
      left_ = commands_.GroupSize();
    }
    --left_;
    const registry::TransactionNumber number = number_++;
    if (number % 25 == 0) return {now_, number, commands_.Suspension()};
    if (number % 5 == 0) {
      registry::AnyCommand look = commands_.Look();
      // What is in a queue depends on the worker.
      if (look.kind != "poll-request") return {now_, number, std::move(look)};
    }
    return {now_, number, commands_.Next(now_)};
  }

 private:
  registry::RandomCommands commands_;
  absl::Time now_ = absl::FromCivil(absl::CivilDay(2024, 2, 1), absl::UTCTimeZone());
  registry::TransactionNumber number_ = 1;
  int left_ = 0;
};

// Where a process that may abort says how far it has come.
class Progress {
 public:
  Progress()
      : steps_(static_cast<size_t*>(::mmap(nullptr, sizeof(size_t), PROT_READ | PROT_WRITE,
                                           MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
    POSTEL_CHECK(steps_ != MAP_FAILED);
    *steps_ = 0;
  }
  ~Progress() { ::munmap(steps_, sizeof(size_t)); }
  size_t& steps() { return *steps_; }

 private:
  size_t* steps_;
};

std::string ReadAll(int file) {
  std::string text;
  std::array<char, 4096> part;
  for (ssize_t n; (n = ::read(file, part.data(), part.size())) > 0;) text.append(part.data(), n);
  return text;
}

// The complaint in the first line, then kinds with their numbers.
std::string Format(const Lived& lived) {
  std::string complaint = lived.complaint;
  std::ranges::replace(complaint, '\n', ' ');
  std::string text = complaint + "\n";
  for (const auto& [kind, count] : lived.accepted) text += Concat(kind, "\t", count, "\n");
  return text;
}

void Parse(std::string_view text, Lived& lived) {
  std::vector<std::string_view> lines = registry::Split(text, '\n');
  lived.complaint = lines.front();
  for (size_t i = 1; i < lines.size(); ++i) {
    const size_t tab = lines[i].find('\t');
    if (tab == std::string_view::npos) continue;
    registry::ParseNumber(lines[i].substr(tab + 1),
                          &lived.accepted[std::string(lines[i].substr(0, tab))]);
  }
}

// `live` gets where to say that a step begins.
Lived InAProcessOfItsOwn(const std::function<Lived(size_t& steps)>& live) {
  Progress progress;
  int ends[2];
  POSTEL_CHECK(::pipe(ends) == 0);
  const pid_t child = ::fork();
  POSTEL_CHECK(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    const std::string said = Format(live(progress.steps()));
    const bool written =
        ::write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size());
    ::_exit(written ? 0 : 1);
  }
  ::close(ends[1]);
  const std::string said = ReadAll(ends[0]);
  ::close(ends[0]);
  int status = 0;
  POSTEL_CHECK(::waitpid(child, &status, 0) == child);
  Lived lived;
  lived.steps = progress.steps();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    Parse(said, lived);
  } else {
    lived.complaint = "aborted";
  }
  return lived;
}

// Takes the step. False if something is wrong.
bool Take(const Step& step, Model& model, Lived& lived) {
  lived.complaint = model.Run(step);
  if (model.decision().accepted()) ++lived.accepted[std::string(step.command.kind)];
  return lived.complaint.empty();
}

History Without(const History& history, size_t begin, size_t end) {
  History rest(history.begin(), history.begin() + begin);
  rest.insert(rest.end(), history.begin() + end, history.end());
  return rest;
}

std::string Padded(std::string text, size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string Who(registry::RegistrarKey key, const registry::Directory& directory) {
  if (key == registry::kOperator) return "operator";
  if (key == registry::kLifecycle) return "clock";
  return std::string(directory.RegistrarText(key));
}

}  // namespace

Lived LiveAtRandom(const Setting& setting, size_t steps) {
  return InAProcessOfItsOwn([&](size_t& begun) {
    Model model(setting);
    Inventor inventor(setting, model.registry());
    Lived lived;
    while (begun < steps) {
      ++begun;
      if (!Take(inventor.Next(), model, lived)) break;
    }
    return lived;
  });
}

History RandomHistory(const Setting& setting, size_t steps) {
  Model model(setting);
  Inventor inventor(setting, model.registry());
  History history;
  while (history.size() < steps) {
    if (!history.empty()) model.Run(history.back());
    history.push_back(inventor.Next());
  }
  return history;
}

Lived Live(const Setting& setting, const History& history) {
  return InAProcessOfItsOwn([&](size_t& begun) {
    Model model(setting);
    Lived lived;
    for (const Step& step : history) {
      ++begun;
      if (!Take(step, model, lived)) break;
    }
    return lived;
  });
}

// Takes out halves, quarters and so on, down to single steps, until none can go.
History Shrink(const Setting& setting, History history) {
  // Whether it fails without these. Then they are gone, and whatever comes after the failure.
  const auto cut = [&](size_t begin, size_t end) {
    History rest = Without(history, begin, end);
    const Lived lived = Live(setting, rest);
    if (lived.complaint.empty()) return false;
    rest.resize(lived.steps);
    history = std::move(rest);
    return true;
  };
  for (size_t size = history.size() / 2; size > 0;) {
    bool smaller = false;
    for (size_t end = history.size(); end > 0;) {
      const size_t begin = end - std::min(end, size);
      smaller |= cut(begin, end);
      end = std::min(begin, history.size());
    }
    if (size > 1) {
      size /= 2;
    } else if (!smaller) {
      break;
    }
  }
  return history;
}

std::string Table(const Setting& setting, const History& history, const std::string& complaint) {
  Model model(setting);
  std::string table;
  for (const Step& step : history) {
    std::string answer = complaint;
    if (&step != &history.back()) {
      model.Run(step);
      answer = Concat(static_cast<int>(model.decision().code), " ", model.decision().reason);
    }
    table += Concat(
        registry::FormatUtc(step.at), " | ",
        Padded(Who(step.command.asker, model.registry().directory), 8), " | ",
        Padded(step.command.text.empty() ? std::string(step.command.kind) : step.command.text, 40),
        " | ", answer, "\n");
  }
  return table;
}

}  // namespace model
