// SPDX-License-Identifier: Apache-2.0
// temporary
#include "pattern/requirement.h"
#include "pattern/utf8_code.h"
namespace folio::pattern {
Requirement require(const Node& root, const ByteSample*) {
  Requirement r; std::string text;
  auto one=[&](const Node& n){ if(n.kind!=Node::Kind::Class||n.codes.size()!=1||n.codes[0].first!=n.codes[0].last) return false; append_utf8(text,n.codes[0].first); return true;};
  if (root.kind==Node::Kind::Concat) { for (auto& p:root.parts) if(!one(*p)) return r; }
  else if(!one(root)) return r;
  r.literals={text}; r.exact=true; return r;
}
}
