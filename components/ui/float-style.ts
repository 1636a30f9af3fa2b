/** What floats above the page: menus, popovers, lists of options. */
export const floatStyle = "float rounded-md bg-panel text-base text-ink shadow-float outline-none";

/** One line in something that floats. */
export const optionStyle =
  "relative flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-sm px-2 py-1.5 text-left text-table text-ink outline-none data-highlighted:bg-hover data-disabled:text-faint pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0";
