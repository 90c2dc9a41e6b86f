import actions from './actions.json'
import app from './app.json'
import broker from './broker.json'
import charts from './charts.json'
import cloud from './cloud.json'
import collections from './collections.json'
import connections from './connections.json'
import coverage from './coverage.json'
import decoding from './decoding.json'
import devices from './devices.json'
import doctor from './doctor.json'
import environments from './environments.json'
import errors from './errors.json'
import exporting from './exporting.json'
import faults from './faults.json'
import filterProblems from './filterProblems.json'
import filterRemarks from './filterRemarks.json'
import importing from './importing.json'
import history from './history.json'
import inspector from './inspector.json'
import layout from './layout.json'
import log from './log.json'
import menu from './menu.json'
import messageExport from './messageExport.json'
import meter from './meter.json'
import mosquitto from './mosquitto.json'
import packets from './packets.json'
import palette from './palette.json'
import probe from './probe.json'
import profile from './profile.json'
import publish from './publish.json'
import query from './query.json'
import questions from './questions.json'
import recordings from './recordings.json'
import remedies from './remedies.json'
import requests from './requests.json'
import responder from './responder.json'
import retained from './retained.json'
import schemas from './schemas.json'
import scripts from './scripts.json'
import senders from './senders.json'
import settings from './settings.json'
import sparkplug from './sparkplug.json'
import subscriptions from './subscriptions.json'
import topicTree from './topicTree.json'
import ui from './ui.json'
import watch from './watch.json'

/** All words on screen: a file for each part of the application, and in it each message in all languages side by side. */
export const namespaces = {
  actions,
  app,
  broker,
  charts,
  cloud,
  collections,
  connections,
  coverage,
  decoding,
  devices,
  doctor,
  environments,
  errors,
  exporting,
  faults,
  filterProblems,
  filterRemarks,
  importing,
  history,
  inspector,
  layout,
  log,
  menu,
  messageExport,
  meter,
  mosquitto,
  packets,
  palette,
  probe,
  profile,
  publish,
  query,
  questions,
  recordings,
  remedies,
  requests,
  responder,
  retained,
  schemas,
  scripts,
  senders,
  settings,
  sparkplug,
  subscriptions,
  topicTree,
  ui,
  watch,
}
