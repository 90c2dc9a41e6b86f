import actions from './en/actions.json'
import app from './en/app.json'
import connections from './en/connections.json'
import coverage from './en/coverage.json'
import errors from './en/errors.json'
import filterProblems from './en/filterProblems.json'
import inspector from './en/inspector.json'
import log from './en/log.json'
import menu from './en/menu.json'
import palette from './en/palette.json'
import probe from './en/probe.json'
import profile from './en/profile.json'
import publish from './en/publish.json'
import questions from './en/questions.json'
import remedies from './en/remedies.json'
import retained from './en/retained.json'
import settings from './en/settings.json'
import subscriptions from './en/subscriptions.json'
import topicTree from './en/topicTree.json'
import ui from './en/ui.json'

export const en = {
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
