/** What the page calls a window that it opens for one view, with a number after it; main lets it open no other. */
export const viewWindowName = 'topicscope-view-'
