// The main process of the gallery: one window with the built page, and nothing else.
const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')

app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1600, height: 1000, title: 'Topicscope: all widgets' })
  return window.loadFile(join(__dirname, '..', 'out', 'gallery', 'index.html'))
})
