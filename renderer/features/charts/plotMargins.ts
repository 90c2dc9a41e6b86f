/** Pixels of the page that an axis with its numbers takes; as in charts.module.css, whose lanes begin where plots do. */
export const axisWidth = 56

/** What is to the right of a plot: charts below each other show the same time at the same place. */
export const rightMargin = (isRightKept: boolean): number => (isRightKept ? axisWidth : 12)
