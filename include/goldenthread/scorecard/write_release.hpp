// goldenthread: releases as text. There is no writer of anything else.
#pragma once

#include <goldenthread/disclosure/release.hpp>

#include <string>

namespace goldenthread {

/// The release as JSON, "goldenthread/release@1" (schemas/release.schema.json). The same release gives the same
/// bytes everywhere: fields in a fixed order, numbers as rounded by the gate, `null` where there is none and the
/// policy's symbol ("c") where one is hidden.
[[nodiscard]] std::string to_json(const release& r);

/// The release as tidy CSV (RFC 4180, UTF-8, LF): one row for each cell of each evidence line's figures, one row for
/// each line without a figure. The policy's symbol stands where a number is hidden; an empty field is no number.
[[nodiscard]] std::string to_csv(const release& r);

/// What assurance records show, as tidy CSV: one row for each agency of each activity and qualitative line, one row for
/// each of these without an agency. Every activity and every line with a qualitative side is there.
[[nodiscard]] std::string to_assurance_csv(const release& r);

/// The figures that others published, as tidy CSV of their own: one row for each figure, place and year, with relation,
/// source and attribution in every row. Their symbols stand where they hid a number. The heading alone where the
/// release has none.
[[nodiscard]] std::string to_published_csv(const release& r);

}  // namespace goldenthread
