// goldenthread: hashes for identity: SHA-256 of definitions, an order-free sum over rows; and with a key, for secrecy.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace goldenthread {

namespace detail {

[[nodiscard]] inline std::string hexadecimal(std::uint64_t value, int digits) {
    constexpr std::string_view signs = "0123456789abcdef";
    std::string text(static_cast<std::size_t>(digits), '0');
    for (int i = digits - 1; i >= 0; --i) {
        text[static_cast<std::size_t>(i)] = signs[value & 15U];
        value >>= 4U;
    }
    return text;
}

[[nodiscard]] constexpr std::uint32_t rotated_right(std::uint32_t x, unsigned n) noexcept {
    return (x >> n) | (x << (32U - n));
}

inline constexpr std::array<std::uint32_t, 64> sha256_constants = {
    0x428a2f98U, 0x71374491U, 0xb5c0fbcfU, 0xe9b5dba5U, 0x3956c25bU, 0x59f111f1U, 0x923f82a4U, 0xab1c5ed5U,
    0xd807aa98U, 0x12835b01U, 0x243185beU, 0x550c7dc3U, 0x72be5d74U, 0x80deb1feU, 0x9bdc06a7U, 0xc19bf174U,
    0xe49b69c1U, 0xefbe4786U, 0x0fc19dc6U, 0x240ca1ccU, 0x2de92c6fU, 0x4a7484aaU, 0x5cb0a9dcU, 0x76f988daU,
    0x983e5152U, 0xa831c66dU, 0xb00327c8U, 0xbf597fc7U, 0xc6e00bf3U, 0xd5a79147U, 0x06ca6351U, 0x14292967U,
    0x27b70a85U, 0x2e1b2138U, 0x4d2c6dfcU, 0x53380d13U, 0x650a7354U, 0x766a0abbU, 0x81c2c92eU, 0x92722c85U,
    0xa2bfe8a1U, 0xa81a664bU, 0xc24b8b70U, 0xc76c51a3U, 0xd192e819U, 0xd6990624U, 0xf40e3585U, 0x106aa070U,
    0x19a4c116U, 0x1e376c08U, 0x2748774cU, 0x34b0bcb5U, 0x391c0cb3U, 0x4ed8aa4aU, 0x5b9cca4fU, 0x682e6ff3U,
    0x748f82eeU, 0x78a5636fU, 0x84c87814U, 0x8cc70208U, 0x90befffaU, 0xa4506cebU, 0xbef9a3f7U, 0xc67178f2U};

inline void sha256_block(std::array<std::uint32_t, 8>& state, const unsigned char* block) noexcept {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 16; ++i) {
        w[i] = (static_cast<std::uint32_t>(block[i * 4]) << 24U) |
               (static_cast<std::uint32_t>(block[i * 4 + 1]) << 16U) |
               (static_cast<std::uint32_t>(block[i * 4 + 2]) << 8U) | static_cast<std::uint32_t>(block[i * 4 + 3]);
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t s0 = rotated_right(w[i - 15], 7) ^ rotated_right(w[i - 15], 18) ^ (w[i - 15] >> 3U);
        const std::uint32_t s1 = rotated_right(w[i - 2], 17) ^ rotated_right(w[i - 2], 19) ^ (w[i - 2] >> 10U);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    std::array<std::uint32_t, 8> v = state;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t s1 = rotated_right(v[4], 6) ^ rotated_right(v[4], 11) ^ rotated_right(v[4], 25);
        const std::uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        const std::uint32_t t1 = v[7] + s1 + choice + sha256_constants[i] + w[i];
        const std::uint32_t s0 = rotated_right(v[0], 2) ^ rotated_right(v[0], 13) ^ rotated_right(v[0], 22);
        const std::uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        v = {t1 + s0 + majority, v[0], v[1], v[2], v[3] + t1, v[4], v[5], v[6]};
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] += v[i];
}

inline constexpr std::size_t sha256_block_size = 64;
inline constexpr std::array<std::uint32_t, 8> sha256_start = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                                                              0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};

/// The end of a digest: `text` follows `blocks_before` whole blocks, which made `state`.
[[nodiscard]] inline std::array<std::uint32_t, 8> sha256_end(std::array<std::uint32_t, 8> state,
                                                             std::size_t blocks_before, std::string_view text) {
    const std::uint64_t bits = (static_cast<std::uint64_t>(blocks_before) * sha256_block_size + text.size()) * 8;
    const auto take = [&](const char* at) { sha256_block(state, reinterpret_cast<const unsigned char*>(at)); };
    for (; text.size() >= sha256_block_size; text.remove_prefix(sha256_block_size)) take(text.data());
    std::array<char, 2 * sha256_block_size> rest{};
    for (std::size_t i = 0; i < text.size(); ++i) rest[i] = text[i];
    rest[text.size()] = '\x80';
    const std::size_t size = text.size() + 1 + 8 <= sha256_block_size ? sha256_block_size : 2 * sha256_block_size;
    for (unsigned i = 0; i < 8; ++i) rest[size - 8 + i] = static_cast<char>((bits >> (56U - 8U * i)) & 255U);
    for (std::size_t at = 0; at < size; at += sha256_block_size) take(rest.data() + at);
    return state;
}

[[nodiscard]] inline std::string hexadecimal(const std::array<std::uint32_t, 8>& words) {
    std::string result;
    for (const std::uint32_t word : words) result += hexadecimal(word, 8);
    return result;
}

[[nodiscard]] inline std::string bytes_of(const std::array<std::uint32_t, 8>& words) {
    std::string result;
    for (const std::uint32_t word : words) {
        for (const unsigned shift : {24U, 16U, 8U, 0U}) result += static_cast<char>((word >> shift) & 255U);
    }
    return result;
}

}  // namespace detail

/// SHA-256 (FIPS 180-4) as 64 hexadecimal digits.
[[nodiscard]] inline std::string sha256(std::string_view text) {
    return detail::hexadecimal(detail::sha256_end(detail::sha256_start, 0, text));
}

/// HMAC with SHA-256 (RFC 2104): without the key nobody can tell, or try out, whose text this was.
class keyed_hash {
public:
    explicit keyed_hash(std::string_view key) {
        const std::string short_key = key.size() > detail::sha256_block_size
                                          ? detail::bytes_of(detail::sha256_end(detail::sha256_start, 0, key))
                                          : std::string(key);
        const auto start = [&](unsigned char pad) {
            std::array<unsigned char, detail::sha256_block_size> block{};
            for (std::size_t i = 0; i < block.size(); ++i) {
                const unsigned from_key = i < short_key.size() ? static_cast<unsigned char>(short_key[i]) : 0U;
                block[i] = static_cast<unsigned char>(from_key ^ pad);
            }
            std::array<std::uint32_t, 8> state = detail::sha256_start;
            detail::sha256_block(state, block.data());
            return state;
        };
        inner_ = start(0x36);
        outer_ = start(0x5c);
    }
    /// 64 hexadecimal digits.
    [[nodiscard]] std::string of(std::string_view text) const {
        return detail::hexadecimal(
            detail::sha256_end(outer_, 1, detail::bytes_of(detail::sha256_end(inner_, 1, text))));
    }

private:
    std::array<std::uint32_t, 8> inner_{}, outer_{};
};

/// A number modulo 2^128; sums do not depend on order.
struct hash128 {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    hash128& operator+=(const hash128& o) noexcept {
        low += o.low;
        high += o.high + (low < o.low ? 1U : 0U);
        return *this;
    }
    [[nodiscard]] std::string text() const { return detail::hexadecimal(high, 16) + detail::hexadecimal(low, 16); }
    friend bool operator==(const hash128&, const hash128&) = default;
};

namespace detail {

/// Finaliser of MurmurHash3 (public domain, Austin Appleby): every input bit moves every output bit.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x) noexcept {
    x ^= x >> 33U;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33U;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33U);
}

/// Adds a word to two independent running hashes.
constexpr void mix_in(hash128& h, std::uint64_t word) noexcept {
    h.low = mixed(h.low ^ (word + 0x9e3779b97f4a7c15ULL));
    h.high = mixed(h.high + (word ^ 0xd6e8feb86659fd93ULL) * 0x2545f4914f6cdd1dULL);
}

[[nodiscard]] inline hash128 hash_of(std::string_view text) noexcept {
    hash128 h{text.size(), ~static_cast<std::uint64_t>(text.size())};
    std::uint64_t word = 0;
    unsigned filled = 0;
    for (const char c : text) {
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << (8U * filled);
        if (++filled == 8) {
            mix_in(h, word);
            word = 0;
            filled = 0;
        }
    }
    mix_in(h, word);
    return h;
}

}  // namespace detail

}  // namespace goldenthread
