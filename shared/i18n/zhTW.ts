import actions from './zh-TW/actions.json'
import app from './zh-TW/app.json'
import connections from './zh-TW/connections.json'
import coverage from './zh-TW/coverage.json'
import errors from './zh-TW/errors.json'
import filterProblems from './zh-TW/filterProblems.json'
import inspector from './zh-TW/inspector.json'
import log from './zh-TW/log.json'
import menu from './zh-TW/menu.json'
import palette from './zh-TW/palette.json'
import probe from './zh-TW/probe.json'
import profile from './zh-TW/profile.json'
import publish from './zh-TW/publish.json'
import questions from './zh-TW/questions.json'
import remedies from './zh-TW/remedies.json'
import retained from './zh-TW/retained.json'
import settings from './zh-TW/settings.json'
import subscriptions from './zh-TW/subscriptions.json'
import topicTree from './zh-TW/topicTree.json'
import ui from './zh-TW/ui.json'
import type { Words } from './words'

export const zhTW: Words = {
  actions,
  app,
  connections,
  coverage,
  errors,
  filterProblems,
  inspector,
  log,
  menu,
  palette,
  probe,
  profile,
  publish,
  questions,
  remedies,
  retained,
  settings,
  subscriptions,
  topicTree,
  ui,
}
