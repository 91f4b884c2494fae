// Comforts only: everything can be read without this script.
(function () {
  "use strict";

  function button(text, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", function () { act(made); });
    return made;
  }

  function fold(open) {
    document.querySelectorAll("details").forEach(function (each) { each.open = open; });
  }

  var contents = document.querySelector("nav.contents");
  if (contents) {
    var row = document.createElement("p");
    row.className = "buttons";
    row.append(button("Unfold everything", function () { fold(true); }), button("Fold everything", function () { fold(false); }));
    contents.append(row);
  }

  if (navigator.clipboard && window.isSecureContext) {
    document.querySelectorAll(".citation").forEach(function (citation) {
      var said = document.createElement("span");
      said.setAttribute("role", "status");
      citation.after(button("Copy citation", function () {
        navigator.clipboard.writeText(citation.textContent).then(
          function () { said.textContent = " Copied."; },
          function () { said.textContent = " Not copied: select the text and copy it."; }
        );
      }), said);
    });
  }
}());
