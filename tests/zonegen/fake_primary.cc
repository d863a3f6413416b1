#include "tests/zonegen/fake_primary.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include "registry/base/check.h"
#include "zonegen/knot.h"

namespace zonegen {
namespace {

constexpr char kSecret[] = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
constexpr char kZone[] = "org";
constexpr int kNothingMoreMs = 30;

struct Key {
  knot_tsig_key_t key{};
  Key() { POSTEL_CHECK(knot_tsig_key_init(&key, "hmac-sha256", "follow", kSecret) == KNOT_EOK); }
  ~Key() { knot_tsig_key_deinit(&key); }
};

std::string RdataOf(const knot_rrset_t& record) {
  const knot_rdata_t* rdata = record.rrs.rdata;
  return {reinterpret_cast<const char*>(rdata->data), rdata->len};
}

std::string OwnerOf(const knot_rrset_t& record) {
  return NameText({reinterpret_cast<const char*>(record.owner), knot_dname_size(record.owner)});
}

void Put(knot_pkt_t* packet, uint16_t type, const std::string& rdata) {
  knot_dname_storage_t owner;
  const std::string wire = WireName(kZone);
  memcpy(owner, wire.data(), wire.size());
  knot_rrset_t record;
  knot_rrset_init(&record, owner, type, KNOT_CLASS_IN, 300);
  knot_rrset_add_rdata(&record, reinterpret_cast<const uint8_t*>(rdata.data()),
                       static_cast<uint16_t>(rdata.size()), nullptr);
  POSTEL_CHECK(knot_pkt_put(packet, KNOT_COMPR_HINT_NONE, &record, 0) == KNOT_EOK);
  knot_rdataset_clear(&record.rrs, nullptr);
}

std::string SoaRdata(uint32_t serial) {
  std::string rdata = WireName("ns1.nic.org") + WireName("hostmaster.nic.org");
  for (int shift : {24, 16, 8, 0}) rdata.push_back(static_cast<char>(serial >> shift));
  return rdata + std::string(16, '\1');
}

// False: closed, or nothing came in time.
bool ReadMessage(int socket, std::string* message) {
  unsigned char size[2];
  if (::recv(socket, size, 2, MSG_WAITALL) != 2) return false;
  message->resize(static_cast<size_t>(size[0]) << 8 | size[1]);
  return ::recv(socket, message->data(), message->size(), MSG_WAITALL) ==
         static_cast<ssize_t>(message->size());
}

}  // namespace

FakePrimary::FakePrimary() {
  auto key = TsigKey::Parse(std::string("key \"follow\" { algorithm hmac-sha256; secret \"") +
                            kSecret + "\"; };\n");
  POSTEL_CHECK(key.ok());
  key_ = *key;
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  POSTEL_CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
  POSTEL_CHECK(::listen(listener_, 8) == 0);
  POSTEL_CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  POSTEL_CHECK(::pipe(wake_) == 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

FakePrimary::~FakePrimary() {
  ::close(wake_[1]);
  thread_.join();
  ::close(wake_[0]);
  ::close(listener_);
}

PrimaryServer FakePrimary::server() const { return {"fake", {"127.0.0.1", port_}, key_}; }

void FakePrimary::Refuse(const std::string& owner) {
  const std::lock_guard lock(mutex_);
  if (owner.empty()) refuses_all_ = true;
  refused_.insert(owner);
}

void FakePrimary::RefuseNothing() {
  const std::lock_guard lock(mutex_);
  refuses_all_ = false;
  refused_.clear();
}

void FakePrimary::AnswerTogether(size_t count) {
  const std::lock_guard lock(mutex_);
  together_ = count;
}

void FakePrimary::CloseAfter(int updates) {
  const std::lock_guard lock(mutex_);
  close_after_ = updates;
}

void FakePrimary::SetTxt(std::set<std::string> txt) {
  const std::lock_guard lock(mutex_);
  txt_ = std::move(txt);
}

void FakePrimary::SetSerial(uint32_t serial) {
  const std::lock_guard lock(mutex_);
  serial_ = serial;
}

std::map<std::string, std::set<uint32_t>> FakePrimary::Names() const {
  const std::lock_guard lock(mutex_);
  return names_;
}

size_t FakePrimary::most_together() const {
  const std::lock_guard lock(mutex_);
  return most_together_;
}

void FakePrimary::Serve() {
  while (true) {
    pollfd wanted[] = {{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    ::poll(wanted, 2, -1);
    if (wanted[1].revents != 0) return;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int one = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    ServeConnection(socket);
    ::close(socket);
  }
}

void FakePrimary::ServeConnection(int socket) {
  std::vector<std::string> held;
  const auto answer = [&] {
    {
      const std::lock_guard lock(mutex_);
      most_together_ = std::max(most_together_, held.size());
    }
    for (const std::string& out : std::exchange(held, {})) {
      POSTEL_CHECK(::send(socket, out.data(), out.size(), MSG_NOSIGNAL) != 0);
    }
  };
  while (true) {
    pollfd wanted[] = {{socket, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    const int ready = ::poll(wanted, 2, held.empty() ? -1 : kNothingMoreMs);
    if (wanted[1].revents != 0) return;
    if (ready == 0) {
      answer();
      continue;
    }
    std::string message;
    if (!ReadMessage(socket, &message)) return;
    std::string out = Answer(message);
    if (out.empty()) return;
    held.push_back(std::move(out));
    size_t together;
    {
      const std::lock_guard lock(mutex_);
      together = together_;
    }
    if (held.size() >= together) answer();
  }
}

// With its length; empty: close.
std::string FakePrimary::Answer(std::string& wire) {
  const Key key;
  knot_pkt_t* query = knot_pkt_new(wire.data(), static_cast<uint16_t>(wire.size()), nullptr);
  POSTEL_CHECK(knot_pkt_parse(query, 0) == KNOT_EOK && query->tsig_rr != nullptr);
  knot_pkt_t* reply = knot_pkt_new(nullptr, 65'535, nullptr);
  knot_pkt_init_response(reply, query);
  knot_wire_set_aa(reply->wire);
  bool closes = false;
  {
    const std::lock_guard lock(mutex_);
    if (knot_wire_get_opcode(query->wire) == KNOT_OPCODE_UPDATE) {
      knot_wire_set_rcode(reply->wire, static_cast<uint8_t>(Apply(query)));
      closes = close_after_ > 0 && --close_after_ == 0;
    } else {
      knot_pkt_begin(reply, KNOT_ANSWER);
      if (knot_pkt_qtype(query) == KNOT_RRTYPE_SOA) Put(reply, kTypeSoa, SoaRdata(serial_));
      if (knot_pkt_qtype(query) == KNOT_RRTYPE_TXT) {
        for (const std::string& txt : txt_) Put(reply, kTypeTxt, txt);
      }
      if (knot_pkt_qtype(query) == KNOT_RRTYPE_NS) Put(reply, kTypeNs, WireName("ns1.nic.org"));
    }
  }
  std::string out(reply->size + 512, '\0');
  memcpy(out.data(), reply->wire, reply->size);
  size_t size = reply->size, mac_size = 64;
  uint8_t mac[64];
  POSTEL_CHECK(knot_tsig_sign(reinterpret_cast<uint8_t*>(out.data()), &size, out.size(),
                              knot_tsig_rdata_mac(query->tsig_rr),
                              knot_tsig_rdata_mac_length(query->tsig_rr), mac, &mac_size, &key.key,
                              0, 0) == KNOT_EOK);
  out.resize(size);
  knot_pkt_free(query);
  knot_pkt_free(reply);
  if (closes) return "";
  return std::string{static_cast<char>(size >> 8), static_cast<char>(size & 0xff)} + out;
}

// The RCODE.
int FakePrimary::Apply(const void* update) {
  const auto* packet = static_cast<const knot_pkt_t*>(update);
  const knot_pktsection_t* changes = knot_pkt_section(packet, KNOT_AUTHORITY);
  const knot_pktsection_t* required = knot_pkt_section(packet, KNOT_ANSWER);
  for (uint16_t i = 0; i < changes->count; ++i) {
    if (refuses_all_ || refused_.contains(OwnerOf(*knot_pkt_rr(changes, i)))) {
      return KNOT_RCODE_REFUSED;
    }
  }
  std::set<std::string> txt;
  for (uint16_t i = 0; i < required->count; ++i) {
    const knot_rrset_t& record = *knot_pkt_rr(required, i);
    if (record.rclass == KNOT_CLASS_IN) txt.insert(RdataOf(record));
  }
  if (txt != txt_) return kNxRrset;
  for (uint16_t i = 0; i < changes->count; ++i) {
    const knot_rrset_t& record = *knot_pkt_rr(changes, i);
    const std::string owner = OwnerOf(record);
    if (record.type == kTypeTxt) {
      record.rclass == KNOT_CLASS_NONE ? (void)txt_.erase(RdataOf(record))
                                       : (void)txt_.insert(RdataOf(record));
    } else if (record.type == kTypeSoa) {
      serial_ = SoaSerial(RdataOf(record));
    } else if (record.type == kTypeNs && owner != kZone) {
      record.rclass == KNOT_CLASS_ANY ? (void)names_.erase(owner)
                                      : (void)names_[owner].insert(record.ttl);
    }
  }
  return kNoError;
}

}  // namespace zonegen
