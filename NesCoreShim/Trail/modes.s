; Operating modes: title, game, game over. Each runs its tasks in order, one a frame.

RunMode:
    lda OperMode
    jsr Dispatch
    .addr TitleMode, GameMode, GameMode, GameOverMode

; ---- title ------------------------------------------------------------------------------------------

TitleMode:
    lda OperTask
    jsr Dispatch
    .addr InitTitle, ShowTitle, NextTask, TitleMenu

InitTitle:
    jsr ClearArea
    ldx #2
    lda #0
:   sta ClockDigits,x
    dex
    bpl :-
    sta HalfwayPage
    sta ClockExpired
NextTask:
    inc OperTask
    rts

ShowTitle:
    jsr LoadTitleScreen
    jmp NextTask

TitleMenu:
    lda Pad1
    and #BUTTON_START
    beq @wait
    lda #2
    sta Lives
    lda #0
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
@wait:
    jmp AnimateTitle

; ---- game -------------------------------------------------------------------------------------------

GameMode:
    lda OperTask
    jsr Dispatch
    .addr InitArea, RunScreens, StartArea, GameCore

InitArea:
    jsr ClearArea
    jsr StartObjects
    jsr ChooseStage
    sta PlayerStatus
    sta PauseStatus
    sta PauseTimer
    lda #1
    sta PlayerSize
    sta AreaType                ; ground
    lda HalfwayPage
    sta LeftPage
    jmp NextTask

; World, stage and area may have been asked for from outside; there is one stage. A = 0.
ChooseStage:
    lda #0
    sta WorldNumber
    sta StageNumber
    sta AreaNumber
    rts

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

StartArea:
    lda #1
    sta Sprite0Flag
    lda #0
    sta PlayerRoutine
    jmp NextTask

GameCore:
    jsr RunPlayerRoutine
    lda OperTask
    cmp #3
    bne @end                    ; the life is over
    jsr SpawnWalkers
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
    tax
@page:
    sta $00,x
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
