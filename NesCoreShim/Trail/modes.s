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
    sta PlayerRoutine
    sta HalfwayPage
    sta LeftPage
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

; The world, stage and area numbers may have been written from outside: there is one stage.
InitArea:
    jsr ClearArea
    lda #0
    sta WorldNumber
    sta StageNumber
    sta AreaNumber
    sta PlayerRoutine
    sta ScreenTask
    sta PlayerStatus
    sta PauseStatus
    sta PauseTimer
    sta TimerControl
    lda #1
    sta PlayerSize
    sta AreaType                ; ground
    lda HalfwayPage
    sta LeftPage
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
    jsr UpdateEnemies
    jsr SpawnWalkers
    jsr UpdateBlocks
    jsr UpdateCoins
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

; Forgets the area: objects, positions, boxes, tiles.
ClearArea:
    lda #0
    sta Sprite0Flag
    sta ScrollLock
    sta ScrollAmount
    sta PitSignal
    sta GoalTask
    sta GoalDelay
    sta PlayerHidden
    sta HScroll
    sta LeftX
    sta AbsXSpeed
    sta RunningSpeed
    sta XForce
    sta XMoved
    sta AttrPending
    sta HudDirty
    sta SpawnIndex
    sta MovingDir
    sta CollisionBits
    sta WalkClock
    sta WalkPicture
    sta StompChain
    sta ABButtons
    sta PreviousAB
    sta UpDownButtons
    sta LeftRightButtons
    ldx #5
@slots:
    sta EnemyActive,x
    sta EnemyType,x
    sta EnemyState,x
    dex
    bpl @slots
    sta BlockClock
    sta BlockClock+1
    sta CoinClock
    sta CoinClock+1
    sta FloatState
    ldx #6
@objects:
    sta ObjXSpeed,x
    sta ObjYSpeed,x
    sta ObjXSub,x
    sta ObjYSub,x
    sta ObjYForce,x
    dex
    bpl @objects
    ldx #$23
@timers:
    sta Timers,x
    dex
    bpl @timers
    tax
@ring:
    sta BlockBuffer0,x
    sta BlockBuffer0+$A0,x      ; $05A0-$069F: the two stores cover all 416 bytes
    inx
    bne @ring
    lda #$28
    sta FallGravity             ; until the first jump
    sta Gravity
    rts
