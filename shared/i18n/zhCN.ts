import actions from './zh-CN/actions.json'
import app from './zh-CN/app.json'
import connections from './zh-CN/connections.json'
import coverage from './zh-CN/coverage.json'
import errors from './zh-CN/errors.json'
import filterProblems from './zh-CN/filterProblems.json'
import inspector from './zh-CN/inspector.json'
import log from './zh-CN/log.json'
import menu from './zh-CN/menu.json'
import palette from './zh-CN/palette.json'
import probe from './zh-CN/probe.json'
import profile from './zh-CN/profile.json'
import publish from './zh-CN/publish.json'
import questions from './zh-CN/questions.json'
import remedies from './zh-CN/remedies.json'
import retained from './zh-CN/retained.json'
import settings from './zh-CN/settings.json'
import subscriptions from './zh-CN/subscriptions.json'
import topicTree from './zh-CN/topicTree.json'
import ui from './zh-CN/ui.json'
import type { Words } from './words'

export const zhCN: Words = {
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
