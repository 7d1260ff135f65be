// SPDX-License-Identifier: Apache-2.0
#include "explain/svg_page.h"

#include <fmt/format.h>

#include "explain/ladder_parts.h"

namespace sealtone::explain {
namespace {

// The page's colours; every pair of a text and its ground has a contrast of 4.5 or more.
constexpr std::string_view kStyle = R"(
svg{width:100%;max-width:30rem;height:auto;display:block;margin:0 auto;background:#fff;color-scheme:light dark}
text{font-family:"DejaVu Sans Mono","Liberation Mono",Menlo,Consolas,"Courier New",monospace;white-space:pre}
.small{font-size:11px}.normal{font-size:12px}.large{font-size:13px}
.ground{fill:#fff}.ink{fill:#1b2422}.strong{fill:#1b2422;font-weight:bold}.quiet{fill:#56625e}
.accent{fill:#0d5f52;font-weight:bold}.good{fill:#17653a}.bad{fill:#a0231a}.bad-strong{fill:#a0231a;font-weight:bold}
.lifeline{stroke:#7b8783;stroke-width:2}.arrow{stroke:#56625e;stroke-width:1.5}.sealed{stroke:#17653a;stroke-width:1.5;stroke-dasharray:5 3}
.secret{stroke:#17653a;stroke-width:1.5}.broken{stroke:#a0231a;stroke-width:1.5}.gap{stroke:#a0231a;stroke-width:1.5;stroke-dasharray:3 3}
.arrow-head{fill:#56625e}.secret-head{fill:#17653a}.broken-head{fill:#a0231a}
.encrypted{fill:#e6f3ea}.failing{fill:#fce8e5}
.card{fill:#f4f5f3;stroke:#7b8783}.trusted{fill:#e6f3ea;stroke:#17653a}.missing{fill:#fff;stroke:#a0231a;stroke-dasharray:5 4}
@media (prefers-color-scheme:dark){
svg{background:#1a2023}
.ground{fill:#1a2023}.ink{fill:#e5eae8}.strong{fill:#e5eae8}.quiet{fill:#a6b1ad}.accent{fill:#79d2be}.good{fill:#86d8a2}.bad{fill:#ffa599}.bad-strong{fill:#ffa599}
.lifeline{stroke:#76838a}.arrow{stroke:#a6b1ad}.sealed{stroke:#86d8a2}.secret{stroke:#86d8a2}.broken{stroke:#ffa599}.gap{stroke:#ffa599}
.arrow-head{fill:#a6b1ad}.secret-head{fill:#86d8a2}.broken-head{fill:#ffa599}
.encrypted{fill:#16301f}.failing{fill:#3d1a17}
.card{fill:#242c30;stroke:#76838a}.trusted{fill:#16301f;stroke:#86d8a2}.missing{fill:#1a2023;stroke:#ffa599}
}
)";

// Of a fixed-width font, in parts of its size.
constexpr double kAdvance = 0.602;
double pixels(SvgPage::Size size) {
  switch (size) {
    case SvgPage::Size::small: return 11;
    case SvgPage::Size::normal: return 12;
    case SvgPage::Size::large: return 13;
  }
  return 11;
}

const char* class_of(SvgPage::Size size) {
  switch (size) {
    case SvgPage::Size::small: return "small";
    case SvgPage::Size::normal: return "normal";
    case SvgPage::Size::large: return "large";
  }
  return "small";
}

const char* anchor_of(SvgPage::At at) {
  switch (at) {
    case SvgPage::At::start: return "start";
    case SvgPage::At::middle: return "middle";
    case SvgPage::At::end: return "end";
  }
  return "start";
}

// XML 1.0 §2.4.  What XML has no characters for was made visible before.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string rectangle(double x, double y, double width, double height, std::string_view style) {
  return fmt::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>\n", x, y,
      width, height, style);
}

}  // namespace

double SvgPage::line_height(Size size) {
  constexpr double leading = 3;
  return pixels(size) + leading;
}

void SvgPage::line(double x, double y, const Words& how, std::string_view text) {
  if (text.empty()) return;
  const double length = static_cast<double>(cells(text)) * pixels(how.size) * kAdvance;
  body_ += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{} {}\" text-anchor=\"{}\" textLength=\"{:.1f}\" "
      "lengthAdjust=\"spacingAndGlyphs\">{}</text>\n",
      x, y, class_of(how.size), how.style, anchor_of(how.at), length, escaped(text));
}

double SvgPage::words(double left, double right, double y, const Words& how,
                      const std::string& text) {
  const auto width = static_cast<std::size_t>((right - left) / (pixels(how.size) * kAdvance));
  const auto lines = fitted(text, width);
  double x = left;
  if (how.at == At::end) x = right;
  if (how.at == At::middle) x = (left + right) / 2;
  double height = 0;
  for (const auto& one : lines) {
    line(x, y + height, how, one);
    height += line_height(how.size);
  }
  return height;
}

void SvgPage::box(double x, double y, double width, double height, std::string_view style) {
  body_ += rectangle(x, y, width, height, style);
}

void SvgPage::box_at(std::size_t mark, double x, double y, double width, double height,
                     std::string_view style) {
  body_.insert(mark, rectangle(x, y, width, height, style));
}

void SvgPage::stroke(double x1, double y1, double x2, double y2, std::string_view style) {
  body_ +=
      fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n",
                  x1, y1, x2, y2, style);
}

void SvgPage::head(double x, double y, Way way, std::string_view style) {
  constexpr double length = 8, half = 4;
  const double back = way == Way::right ? -length : length;
  body_ += way == Way::down
               ? fmt::format("<path d=\"M{:.1f} {:.1f}l{:.1f} {:.1f}h{:.1f}Z\" class=\"{}\"/>\n", x,
                             y, -half, -length, 2 * half, style)
               : fmt::format("<path d=\"M{:.1f} {:.1f}l{:.1f} {:.1f}v{:.1f}Z\" class=\"{}\"/>\n", x,
                             y, back, -half, 2 * half, style);
}

std::string SvgPage::finished(double height, std::string_view title) const {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\">\n"
      "<title>{2}</title>\n<style>{3}</style>\n"
      "<rect width=\"{0:.0f}\" height=\"{1:.0f}\" class=\"ground\"/>\n{4}</svg>\n",
      kWidth, height, escaped(title), kStyle, body_);
}

}  // namespace sealtone::explain
