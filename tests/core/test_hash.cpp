#include "catch.hpp"

#include <goldenthread/core/hash.hpp>

#include <set>
#include <string>

using namespace goldenthread;

TEST_CASE("SHA-256 gives the published answers") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    // Lengths around the padding's edge.
    CHECK(sha256(std::string(55, 'a')) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK(sha256(std::string(56, 'a')) == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    CHECK(sha256(std::string(64, 'a')) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST_CASE("HMAC-SHA-256 gives the published answers") {
    // RFC 4231, test cases 1, 2, 3 and 6.
    CHECK(keyed_hash(std::string(20, '\x0b')).of("Hi There") ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(keyed_hash("Jefe").of("what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(keyed_hash(std::string(20, '\xaa')).of(std::string(50, '\xdd')) ==
          "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    CHECK(keyed_hash(std::string(131, '\xaa')).of("Test Using Larger Than Block-Size Key - Hash Key First") ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("sums modulo 2^128 carry and do not depend on order") {
    hash128 a{~std::uint64_t{0}, 0};
    a += hash128{1, 0};
    CHECK(a.text() == "00000000000000010000000000000000");
    const hash128 x = detail::hash_of("one"), y = detail::hash_of("two"), z = detail::hash_of("three");
    hash128 forward, back;
    for (const hash128& h : {x, y, z}) forward += h;
    for (const hash128& h : {z, y, x}) back += h;
    CHECK(forward == back);
}

TEST_CASE("texts that differ a little have different hashes") {
    std::set<std::string> seen;
    for (int length = 0; length < 40; ++length) {
        CHECK(seen.insert(detail::hash_of(std::string(static_cast<std::size_t>(length), '\0')).text()).second);
        CHECK(seen.insert(detail::hash_of(std::string(static_cast<std::size_t>(length), 'a') + "b").text()).second);
    }
}
