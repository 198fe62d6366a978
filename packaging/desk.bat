@echo off
rem Double-click: opens the desk in the browser. Closing this window ends it.
"%~dp0lbt-audit.exe" desk %*
if errorlevel 1 pause
