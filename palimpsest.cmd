@echo off
rem Starts Palimpsest from a checkout: finds a JDK, builds what is missing or out of date, runs the program.
rem   palimpsest           the window, on the sample images with the bundled model
rem   palimpsest demo      the same without a window
rem   palimpsest test      the whole test suite (mvn verify)
setlocal EnableDelayedExpansion
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"
set "REQUIRED_JAVA=25"

set "FOUND_JDK="
call :consider "%JAVA_HOME%"
for %%J in (javac.exe) do if not "%%~$PATH:J"=="" call :consider "%%~dp$PATH:J.."
for %%B in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks") do (
    if exist "%%~B" for /d %%J in ("%%~B\*") do call :consider "%%~J"
)
if not defined FOUND_JDK (
    echo palimpsest: No JDK %REQUIRED_JAVA% or newer was found. Install one, for example Eclipse Temurin %REQUIRED_JAVA% from adoptium.net, or set JAVA_HOME to it. 1>&2
    exit /b 1
)
set "JAVA_HOME=%FOUND_JDK%"

if /i "%~1"=="test" (
    call :need_maven || exit /b 1
    pushd "%HOME_DIR%"
    call mvn -B -ntp verify
    set "RESULT=!ERRORLEVEL!"
    popd
    exit /b !RESULT!
)

powershell -NoProfile -Command "$j = Get-Item '%HOME_DIR%\target\palimpsest.jar' -ErrorAction SilentlyContinue; if (-not $j -or -not (Test-Path '%HOME_DIR%\target\classpath.txt')) { exit 1 }; if (Get-ChildItem '%HOME_DIR%\pom.xml','%HOME_DIR%\src\main' -Recurse -File | Where-Object LastWriteTime -gt $j.LastWriteTime | Select-Object -First 1) { exit 1 }"
if errorlevel 1 (
    call :need_maven || exit /b 1
    echo palimpsest: Building ^(the first time this fetches the libraries, some 900 MB with CUDA support^) ... 1>&2
    pushd "%HOME_DIR%"
    call mvn -B -q -DskipTests -Dspotless.check.skip=true package
    set "RESULT=!ERRORLEVEL!"
    popd
    if not "!RESULT!"=="0" (
        echo palimpsest: The build failed. 1>&2
        exit /b 1
    )
)

rem Java reads long paths from a file: a command line on Windows ends at 8,191 characters.
set "ARGUMENTS=%HOME_DIR%\target\java.args"
powershell -NoProfile -Command "$t='%HOME_DIR%\target'.Replace('\','/'); $m=(Get-Content \"$t/modulepath.txt\" -Raw).Trim().Replace('\','/'); $c=(Get-Content \"$t/classpath.txt\" -Raw).Trim().Replace('\','/'); Set-Content -Encoding ascii \"$t/java.args\" ('-p \"' + $m + '\"'), ('-cp \"' + $t + '/palimpsest.jar;' + $c + '\"')"
"%JAVA_HOME%\bin\java" "@%HOME_DIR%\src\main\launcher\java.options" "-Dpalimpsest.home=%HOME_DIR%" "@%ARGUMENTS%" org.palimpsest.app.Main %*
exit /b %ERRORLEVEL%

:consider
if defined FOUND_JDK exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b JAVA_VERSION^= "%~1\release"') do set "VERSION=%%~V"
for /f "delims=.-+" %%V in ("!VERSION!") do if %%V GEQ %REQUIRED_JAVA% set "FOUND_JDK=%~f1"
exit /b 0

:need_maven
where mvn >nul 2>nul && exit /b 0
echo palimpsest: Maven (mvn) was not found. Install it and put it on PATH. 1>&2
exit /b 1
