// What the editor of letters takes from ProseMirror.
export { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
export { history, redo, undo } from "prosemirror-history";
export { InputRule, inputRules } from "prosemirror-inputrules";
export { keymap } from "prosemirror-keymap";
export { Fragment, Schema, Slice } from "prosemirror-model";
export { EditorState, Plugin, TextSelection } from "prosemirror-state";
export * as tables from "prosemirror-tables";
export { Decoration, DecorationSet, EditorView } from "prosemirror-view";
