// SPDX-License-Identifier: Apache-2.0
//
// app/trace_rows: what is told of the connections of a capture: a row of the table, one as a whole,
// and all of it as JSON.
//
// What the capture holds is hostile: everything that is printed was made visible.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/screen.h"
#include "app/trace_judge.h"
#include "capture/capture.h"
#include "explain/ladder.h"
#include "explain/outcome.h"

namespace sealtone::app {

// A connection with what is found out about it.
struct Traced {
  capture::Connection connection;
  explain::ConnectionOutcome outcome;
  Judgement judgement;
  bool next_is_judged = false;  // outcome.next is what the judgement says already
  // Failed on the wire, or judged otherwise than trusted with nothing found.
  [[nodiscard]] bool found() const;
};
[[nodiscard]] Traced traced(capture::Connection connection, const TraceJudge& judge,
                            DecodedCertificates& certificates);

// What is thought of the certificates, for the drawing: of several profiles the first.
[[nodiscard]] explain::Ladder drawn(const Traced& one);

// The table: a line each; where that is wider than there are columns, several, and of these the
// first has the two ends.
[[nodiscard]] std::string table_head(bool judged, std::size_t width = kAnyWidth);
[[nodiscard]] std::string table_row(const Traced& row, bool judged, std::size_t width = kAnyWidth);
// "2026-11-24", which is written once above the rows of a day.
[[nodiscard]] std::string day_of(capture::Time time);
[[nodiscard]] std::string utc_of(capture::Time time);  // to the second

// One: what became of it, what was judged, the ladder with what is missing, the certificates.
[[nodiscard]] std::string connection_words(const Traced& one, DecodedCertificates& certificates,
                                           bool ascii, explain::Form form);
[[nodiscard]] nlohmann::json connection_json(const Traced& one, DecodedCertificates& certificates);

// What was read, and what the capture lacks; whole: it was read to its end.
[[nodiscard]] std::string totals_words(const capture::Totals& totals);
[[nodiscard]] nlohmann::json totals_json(const capture::Totals& totals, bool whole);

// The alert and who sent it, for rows: "unknown_ca (client)"; empty if none can be read.
[[nodiscard]] std::string alert_words(const explain::ConnectionOutcome& outcome);
[[nodiscard]] nlohmann::json outcome_json(const explain::ConnectionOutcome& outcome);
// What the capture lacks of a connection.
[[nodiscard]] nlohmann::json missing_json(const handshake::HandshakeRecord::Observed& seen);
// The name asked for, made visible; null where the ClientHello is not in the capture.
[[nodiscard]] nlohmann::json name_json(const std::optional<std::string>& name);
// A text with blanks behind it, up to width columns; longer ones stay whole.
[[nodiscard]] std::string padded(std::string text, std::size_t width);

}  // namespace sealtone::app
