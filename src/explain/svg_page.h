// SPDX-License-Identifier: Apache-2.0
//
// explain/svg_page: a narrow SVG picture that is written from top to bottom.
//
// Needs nothing beside itself: no script, no reference, no font of its own.  Every line of text has
// its length stated, so that it stays within the picture whatever font draws it.  Light or dark as
// its reader is.  Source: SVG 1.1 §10, CSS media queries 5 §11.5.  Units: pixels of a picture that
// is kWidth wide.
#pragma once

#include <string>
#include <string_view>

namespace sealtone::explain {

class SvgPage {
 public:
  static constexpr double kWidth = 320;

  enum class At { start, middle, end };
  enum class Size { small, normal, large };

  struct Words {
    std::string_view style;  // of the style sheet: "ink", "quiet", "good", "bad", "strong"
    Size size = Size::small;
    At at = At::start;
  };

  // One line whose baseline is at y; whatever its text is, it is text.
  void line(double x, double y, const Words& how, std::string_view text);
  // Broken into as many lines as it needs between left and right; the height that they take.
  double words(double left, double right, double y, const Words& how, const std::string& text);
  void box(double x, double y, double width, double height, std::string_view style);
  void stroke(double x1, double y1, double x2, double y2, std::string_view style);
  // A head that ends at the point: to the right, to the left, downwards.
  enum class Way { right, left, down };
  void head(double x, double y, Way way, std::string_view style);

  // What is drawn until the matching end stands before what was drawn since: a ground for it.
  [[nodiscard]] std::size_t mark() const { return body_.size(); }
  void box_at(std::size_t mark, double x, double y, double width, double height,
              std::string_view style);

  [[nodiscard]] static double line_height(Size size);
  [[nodiscard]] std::string finished(double height, std::string_view title) const;

 private:
  std::string body_;
};

}  // namespace sealtone::explain
