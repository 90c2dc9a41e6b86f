/** What the page calls a window that it opens for a view, with the view and a number after it; main lets it open no other. */
export const viewWindowName = 'topicscope-view-'
