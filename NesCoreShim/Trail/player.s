; The hero: routines of $000E, walking and jumping, scrolling.

RunPlayerRoutine:
    lda PlayerRoutine
    cmp #$0D
    bcc :+
    lda #ROUTINE_PLAY           ; unknown numbers are normal control
:   jsr Dispatch
    .addr Entrance, Resume, Resume, Resume, SlideDownPole, WalkHome, LoseLife
    .addr EnterArea, ControlPlayer, Resume, Resume, DeathFall, Resume

; Routines that Super Mario Bros. has and Trail has not: control goes on.
Resume:
    lda #ROUTINE_PLAY
    sta PlayerRoutine
    jmp ControlPlayer

; $00: the hero appears, the clock is set. The clock starts one unit high because its first tick
; follows at once.
Entrance:
    lda LeftPage
    sta ObjPage
    lda #$28
    sta ObjX
    lda #$B0
    sta ObjY
    lda #1
    sta ObjYHigh
    sta Facing
    lda #STATE_GROUND
    sta FloatState
    lda #$FF
    sta CollisionBits
    lda FetchClock
    beq @set
    lda #0
    sta FetchClock
    sta ClockDigits+1
    lda #4
    sta ClockDigits
    lda #1
    sta ClockDigits+2
@set:
    lda #ROUTINE_AREA
    sta PlayerRoutine
    rts

; $07: nothing to walk in from. Whoever asks for a stage while the card shows is answered here.
EnterArea:
    jsr ChooseStage
    lda #ROUTINE_PLAY
    sta PlayerRoutine
    rts

; $06: one life less; the stage card again, or the end.
LoseLife:
    lda #0
    sta Sprite0Flag
    sta OperTask
    sta TimerControl
    inc DisableScreen
    dec Lives
    bpl @again
    lda #MODE_GAME_OVER
    sta OperMode
    rts
@again:
    lda #0
    sta PlayerRoutine
    lda LeftPage
    cmp #CHECKPOINT_PAGE
    bcc :+
    lda #CHECKPOINT_PAGE
    sta HalfwayPage
:   lda #1
    sta FetchClock
    rts

; From anywhere: the hero is hit, or out of time.
KillPlayer:
    lda #0
    sta ObjXSpeed
    sta ObjYForce
    sta AbsXSpeed
    sta ScrollAmount
    lda #$FC
    sta ObjYSpeed
    lda #ROUTINE_DEATH
    sta PlayerRoutine
    lda #STATE_JUMP
    sta FloatState
    lda #$FF
    sta TimerControl
    lda #SFX_DEATH
    jmp StartSound

; $0B: a moment of shock, a hop, and down through everything.
DeathFall:
    lda TimerControl
    cmp #$F0
    bcs @end
    lda #0
    sta ABButtons
    sta LeftRightButtons
    ldx #0
    lda #$28
    sta Gravity
    sta Tmp
    lda #4
    sta Tmp+1
    jsr ApplyGravity
    jsr RelativePosition
    lda ObjYHigh
    cmp #3
    bcc @end
    lda #ROUTINE_LOSE_LIFE
    sta PlayerRoutine
@end:
    rts

; $08: the player plays.
ControlPlayer:
    lda Pad1
    and #BUTTON_A | BUTTON_B
    sta ABButtons
    lda Pad1
    and #BUTTON_LEFT | BUTTON_RIGHT
    sta LeftRightButtons
    lda Pad1
    and #BUTTON_UP | BUTTON_DOWN
    sta UpDownButtons
    and #BUTTON_DOWN
    beq MovePlayer
    lda FloatState              ; on the ground, down cancels left and right
    bne MovePlayer
    ldy LeftRightButtons
    beq MovePlayer
    sta LeftRightButtons
    sta UpDownButtons

; One frame of motion under ABButtons and LeftRightButtons.
MovePlayer:
    jsr StartJump
    jsr ChooseSpeedLimits
    lda FloatState
    bne @air
    jsr WatchPace
    lda LeftRightButtons
    beq :+
    sta Facing
:   jsr Accelerate
    jmp @sideways
@air:
    cmp #STATE_JUMP
    bne @falling
    lda ObjYSpeed
    bpl @falling
    lda ABButtons
    and PreviousAB
    bmi @steer                  ; A is still held: keep rising
    lda JumpOriginY
    sec
    sbc ObjY
    beq @steer                  ; the jump lasts its first frame at least
@falling:
    lda FallGravity
    sta Gravity
@steer:
    lda LeftRightButtons
    beq @sideways               ; in the air speed is kept
    jsr Accelerate
@sideways:
    ldx #0
    jsr MoveHorizontally
    sta XMoved
    lda FloatState
    beq @moved
    lda Gravity
    sta Tmp
    lda #4
    sta Tmp+1
    ldx #0
    jsr ApplyGravity
@moved:
    ldx #1
    lda ObjXSpeed
    beq @scroll
    bpl :+
    inx
:   stx MovingDir
@scroll:
    jsr ScrollScreen
    jsr RelativePosition
    jsr BoxPlayer
    jsr CollideWithTiles

    ; Below the screen there is no way back.
    lda ObjYHigh
    cmp #2
    bmi @end
    ldx #1
    stx ScrollLock
    ldx PitSignal
    bne :+
    inc PitSignal
    lda #SFX_DEATH
    jsr StartSound
    lda ObjYHigh
:   cmp #4
    bcc @end
    lda #ROUTINE_LOSE_LIFE
    sta PlayerRoutine
@end:
    rts

; A newly pressed on the ground: the faster the run, the stronger the jump.
StartJump:
    lda ABButtons
    and #BUTTON_A
    beq @end
    and PreviousAB
    bne @end
    lda FloatState
    bne @end
    lda #$20
    sta Timers+2
    lda #0
    sta ObjYSub
    sta ObjYForce
    lda ObjYHigh
    sta JumpOriginHigh
    lda ObjY
    sta JumpOriginY
    lda #STATE_JUMP
    sta FloatState
    ldx #4
    lda AbsXSpeed
:   cmp @class-1,x
    bcs :+
    dex
    bne :-
:   lda @rise,x
    sta Gravity
    lda @fall,x
    sta FallGravity
    lda @speed,x
    sta ObjYSpeed
    lda #SFX_JUMP
    jmp StartSound
@end:
    rts
@class:
    .byte $09, $10, $19, $1C
@rise:
    .byte $20, $20, $1E, $28, $28
@fall:
    .byte $70, $70, $60, $90, $90
@speed:
    .byte $FC, $FC, $FC, $FB, $FB

; Speed limits and the push per frame: running with B, or ten frames after B; walking; or slowing
; down from a run. Turning round pushes twice.
ChooseSpeedLimits:
    ldx #0                      ; push: 0 run, 1 walk, 2 slow down
    lda FloatState
    beq @ground
    lda AbsXSpeed
    cmp #$19
    bcs @run
    bcc @walk
@ground:
    lda LeftRightButtons
    cmp MovingDir
    bne @walk
    lda ABButtons
    and #BUTTON_B
    bne @timer
    lda RunningTimer
    bne @run
@walk:
    inx
    ldy #1
    lda RunningSpeed
    bne @slow
    lda AbsXSpeed
    cmp #$21
    bcc @set
@slow:
    inx
    bne @set
@timer:
    lda #10
    sta RunningTimer
@run:
    ldy #0
@set:
    lda @left,y
    sta MaxLeftSpeed
    lda @right,y
    sta MaxRightSpeed
    lda @push,x
    sta FrictionLow
    lda #0
    sta FrictionHigh
    lda Facing
    cmp MovingDir
    beq @end
    asl FrictionLow
    rol FrictionHigh
@end:
    rts
@left:
    .byte $D8, $E8
@right:
    .byte $28, $18
@push:
    .byte $E4, $98, $D0

; How fast the legs go; whether this is a run; and a slow skid ends at once.
WatchPace:
    ldy #0
    lda AbsXSpeed
    cmp #$1C
    bcs @latch
    iny
    cmp #$0E
    bcs :+
    iny
:   lda Pad1
    and #$7F
    beq @pace
    lda LeftRightButtons
    cmp MovingDir
    bne @skid
    lda #0
@latch:
    sta RunningSpeed
@pace:
    lda @paces,y
    sta WalkPace
    rts
@skid:
    lda AbsXSpeed
    cmp #$0B
    bcs @pace
    lda Facing
    sta MovingDir
    lda #0
    sta ObjXSpeed
    sta XForce
    beq @pace
@paces:
    .byte 2, 4, 7

; Pushes the speed towards the pressed side, or towards zero.
Accelerate:
    lda LeftRightButtons
    and CollisionBits           ; no push against a wall
    beq @slow
    lsr a
    bcs @right
    bcc @left
@slow:
    lda ObjXSpeed
    beq @abs
    bpl @left
@right:
    lda XForce
    clc
    adc FrictionLow
    sta XForce
    lda ObjXSpeed
    adc FrictionHigh
    sta ObjXSpeed
    cmp MaxRightSpeed
    bmi @sign
    lda MaxRightSpeed
    sta ObjXSpeed
    jmp @abs
@left:
    lda XForce
    sec
    sbc FrictionLow
    sta XForce
    lda ObjXSpeed
    sbc FrictionHigh
    sta ObjXSpeed
    cmp MaxLeftSpeed
    bpl @sign
    lda MaxLeftSpeed
    sta ObjXSpeed
@sign:
    cmp #0
    bpl @abs
    eor #$FF
    clc
    adc #1
    sta AbsXSpeed
    rts
@abs:
    sta AbsXSpeed
    rts

; The screen follows the hero to the right: gently between 80 and 112, then with him.
ScrollScreen:
    ldy #0
    lda ScrollLock
    bne @amount
    lda ScrollPos
    cmp #$50
    bcc @amount
    lda SideTimer
    bne @amount
    lda XMoved
    bmi @amount
    beq @amount
    tay
    lda ScrollPos
    cmp #$70
    bcs @amount
    cpy #2
    bcc @amount
    dey
@amount:
    sty ScrollAmount
    tya
    clc
    adc LeftX
    sta LeftX
    sta HScroll
    bcc :+
    inc LeftPage
:   clc
    adc #$FF
    sta RightX
    lda LeftPage
    adc #0
    sta RightPage
    lda LeftPage
    lsr a
    lda PpuCtrlMirror
    and #%11111110
    adc #0
    sta PpuCtrlMirror

    ; He stays on the screen.
    lda ObjX
    sec
    sbc LeftX
    sta Tmp
    lda ObjPage
    sbc LeftPage
    bmi @left
    bne @right
    lda Tmp
    cmp #$F0
    bcc @end
@right:
    lda LeftX
    clc
    adc #$EF
    sta ObjX
    lda LeftPage
    adc #0
    sta ObjPage
    lda #BUTTON_LEFT
    bne @stop
@left:
    lda LeftX
    sta ObjX
    lda LeftPage
    sta ObjPage
    lda #BUTTON_RIGHT
@stop:
    cmp LeftRightButtons        ; pushing away from the edge is allowed
    beq @end
    lda #0
    sta ObjXSpeed
@end:
    rts

; A = PlayerRelX.
RelativePosition:
    lda ObjY
    sta PlayerRelY
    lda ObjX
    sec
    sbc LeftX
    sta PlayerRelX
    rts

BoxPlayer:
    lda PlayerRelX
    clc
    adc #3
    sta PlayerBox
    adc #10
    sta PlayerBox+2
    lda PlayerRelY
    clc
    adc #$14
    sta PlayerBox+1
    adc #12
    sta PlayerBox+3
    rts
