; Operating modes: title, game, victory, game over. Each runs its tasks in order, one a frame.

RunMode:
    lda OperMode
    jsr Dispatch
    .addr TitleMode, GameMode, VictoryMode, GameOverMode

; ---- title ------------------------------------------------------------------------------------------

TitleMode:
    lda OperTask
    jsr Dispatch
    .addr InitTitle, ShowTitle, NextTask, TitleMenu

InitTitle:
    jsr ClearArea
    lda #MUSIC_NONE
    jsr PlayMusic
    ldx #2
    lda #0
:   sta ClockDigits,x
    dex
    bpl :-
    sta HalfwayPage
    sta ClockExpired
    sta WorldNumber
    sta StageNumber
    sta AreaNumber
    sta AltEntrance
    jsr LoadAreaPointer
    jsr LoadArea
NextTask:
    inc OperTask
    rts

ShowTitle:
    jsr LoadTitleScreen
    jmp NextTask

TitleMenu:
    lda Pad1
    and #BUTTON_START
    bne @start
    lda Pad1
    and #BUTTON_SELECT
    beq @wait
    jsr NextStage               ; Select steps through the stages
    cmp #WORLDS
    bcc :+
    lda #0
    sta WorldNumber
:   jsr ShowChosenStage
@wait:
    jmp AnimateTitle
@start:
    jsr LoadAreaPointer
    lda #2
    sta Lives
    lda #1
    sta PlayerSize
    lda #0
    sta PlayerStatus
    sta AltEntrance
    sta NoCard
    sta Coins
    sta CoinDigits
    sta CoinDigits+1
    sta HalfwayPage
    sta OperTask
    ldx #5
:   sta Score,x
    dex
    bpl :-
    lda #1
    sta FetchClock
    lda #MODE_GAME
    sta OperMode
    lda #SFX_COIN
    jmp StartSound

; The stage after this one, and the area that it begins in. A = its world.
NextStage:
    ldx StageNumber
    inx
    cpx #4
    bcc :+
    ldx #0
    inc WorldNumber
:   stx StageNumber
    cpx #2                      ; the second stage's introduction is an area of its own
    bcc :+
    inx
:   stx AreaNumber
    lda WorldNumber
    rts

; ---- game -------------------------------------------------------------------------------------------

GameMode:
    lda OperTask
    jsr Dispatch
    .addr InitArea, RunScreens, StartArea, GameCore

InitArea:
    jsr ClearArea
    jsr StartObjects
    jsr LoadArea
    lda #0
    sta PauseStatus
    sta PauseTimer
    lda HalfwayPage
    ldy AltEntrance
    beq :+
    lda EntrancePage
:   sta LeftPage
    jmp NextTask

; The stage card, then the stage itself.
RunScreens:
    lda ScreenTask
    jsr Dispatch
    .addr ShowTimeUp, WaitForTimer, ShowCard, WaitForTimer, ShowStage

ShowTimeUp:
    lda ClockExpired
    beq @skip
    lda #0
    sta ClockExpired
    jsr LoadTimeUpScreen
    jmp StartScreenTimer
@skip:
    inc ScreenTask
    inc ScreenTask
    rts

ShowCard:
    lda NoCard
    ora AltEntrance
    beq @show
    lda #0
    sta NoCard
    inc ScreenTask
    inc ScreenTask
    rts
@show:
    jsr LoadCardScreen
StartScreenTimer:
    lda #7
    sta ScreenTimer
    inc ScreenTask
    rts

WaitForTimer:
    lda ScreenTimer
    bne :+
    inc ScreenTask
:   rts

ShowStage:
    jsr LoadStageScreen
    jmp NextTask

; The clock starts one unit high because its first tick follows two frames later: who looks at every
; other frame sees it.
StartArea:
    lda #1
    sta Sprite0Flag
    ldx FetchClock
    beq :+
    sta ClockDigits+2
    lda AreaClock
    sta ClockDigits
    lda #0
    sta ClockDigits+1
    sta FetchClock
:   lda #0
    sta PlayerRoutine
    jmp NextTask

GameCore:
    jsr RunPlayerRoutine
    lda OperTask
    cmp #3
    bne @end                    ; the life is over
    jsr SpawnObjects
    jsr UpdateObjects
    jsr UpdateFireballs
    jsr UpdateMisc
    jsr UpdateBlocks
    jsr RelativePosition
    sta ScrollPos
    jsr DrawPlayer
    jsr RunClock
    jsr ShimmerGold
    jsr ParseAhead
    jsr SendAttributes
    jsr SendHud
    lda ABButtons
    sta PreviousAB
    lda #0
    sta LeftRightButtons
@end:
    rts

; ---- game over ----------------------------------------------------------------------------------------

GameOverMode:
    lda OperTask
    jsr Dispatch
    .addr InitGameOver, WaitGameOver, WaitGameOver, WaitGameOver

InitGameOver:
    jsr KeepTopScore
    jsr LoadGameOverScreen
    lda #MUSIC_GAME_OVER
    jsr PlayMusic
    lda #10
    sta ScreenTimer
    jmp NextTask

WaitGameOver:
    lda ScreenTimer
    beq @title
    lda Pad1
    and #BUTTON_START
    beq @end
@title:
    lda #0
    sta OperTask
    sta OperMode
@end:
    rts

; ---- shared ---------------------------------------------------------------------------------------------

; Forgets the area: zero page, tiles, objects, timers; only what outlives a stage, from $074C on,
; stays, and what the pads showed.
ClearArea:
    lda #0
    ldx #$EF                    ; up to the sound's bytes
:   sta $00,x
    dex
    bne :-
    sta $00
    ldx #$1F
:   sta AttrShadow,x
    dex
    bpl :-
    inx
@page:
    sta $0300,x
    sta $0400,x
    sta $0500,x
    sta $05FC,x                 ; to $06FB, just below the pads
    inx
    bne @page
    ldx #PadMask - 1 - $0700
@page7:
    sta $0700,x
    dex
    bpl @page7
    ldx #$23
@timers:
    sta Timers,x
    dex
    bpl @timers
    lda #$28
    sta FallGravity             ; until the first jump
    sta Gravity
    rts
