; The hero: routines of $000E, walking and jumping, scrolling.

RunPlayerRoutine:
    lda PlayerRoutine
    cmp #$0D
    bcc :+
    lda #ROUTINE_PLAY           ; unknown numbers are normal control
:   jsr Dispatch
    .addr Entrance, ClimbAway, SidePipe, VerticalPipe, SlideDownPole, WalkHome, LoseLife
    .addr EnterArea, ControlPlayer, ChangeSize, InjuryBlink, DeathFall, TakeFire

CHECKPOINT_Y = $40

; $00: the hero appears.
Entrance:
    lda LeftPage
    sta ObjPage
    lda #1
    sta ObjYHigh
    sta Facing
    lda #$FF
    sta CollisionBits
    lda #STATE_GROUND
    sta FloatState
    ldx AltEntrance
    lda @x,x
    sta ObjX
    lda AreaStartY
    cpx #2
    bcc :+
    lda @y-2,x
:   cpx #0
    bne :+
    ldy LeftPage
    beq :+
    lda #CHECKPOINT_Y           ; onto whatever is there
:   sta ObjY
    lda AreaType
    bne :+
    inc Swimming                ; KIND_WATER
:   jsr PlayAreaMusic
    lda #ROUTINE_AREA
    sta PlayerRoutine
    rts
@x:
    .byte $28, $18, $38, $28
@y:
    .byte $F0, $08

; $07: he falls in, rises from a stump or on a vine, walks into the introduction's log, or is simply
; there. Whoever asks for a stage while the card shows is answered here.
EnterArea:
    jsr CheckStage
    lda AltEntrance
    cmp #2
    beq @rise
    lda ObjY
    cmp #$30
    bcc @fall
    lda PlayerEntrance
    cmp #6
    bne PlayerReady
    lda ChangeAreaTimer         ; set once he is at the log
    beq @walk
    jsr WalkIntoLog
    dec ChangeAreaTimer
    bne @still
    inc NoCard
    jmp NextArea
@still:
    rts
@fall:
    lda #0
    beq AutoControl
@walk:
    lda #BUTTON_RIGHT
    bne AutoControl
@rise:
    inc NoCollision
    lda ObjY
    cmp #$91
    bcc @up
    dec ObjY
    lda JoypadOverride
    beq :+
    lda #STATE_CLIMB
    sta FloatState
:   jsr RelativePosition
    jmp BoxPlayer
@up:
    lda JoypadOverride
    beq PlayerReady
    lda #STATE_GROUND           ; off the vine to the right
    sta FloatState
    lda ObjX
    cmp #$48
    bcc @walk
PlayerReady:
    lda #ROUTINE_PLAY
    sta PlayerRoutine
    lda #1
    sta Facing
    lda #0
    sta AltEntrance
    sta NoCollision
    sta JoypadOverride
    rts

; One frame of play with buttons A.
AutoControl:
    sta Pad1
    jmp ControlPlayer

; One frame of walking into the log, to the next whole tile.
WalkIntoLog:
    lda #1
    sta NoCollision
    lda #8
    sta ObjXSpeed
    lda ObjX
    and #15
    beq :+
    lda #BUTTON_RIGHT
    bne AutoControl
:   sta ObjXSpeed
    beq AutoControl

; $02: into a log that lies on its side.
SidePipe:
    jsr WalkIntoLog
    ldy #2
    bne LeaveByPipe

; $03: down a hollow stump.
VerticalPipe:
    inc ObjY
    jsr RelativePosition
    jsr ScrollScreen
    ldy #1
LeaveByPipe:
    dec ChangeAreaTimer
    bne LeaveEnd
LeaveArea:
    sty AltEntrance
    jmp ChangeArea

; $01: up a vine, by himself, off the screen.
ClimbAway:
    lda ObjYHigh
    bne :+
    lda ObjY
    cmp #$E4
    ldy #2
    bcc LeaveArea
:   lda #BUTTON_UP
    sta JoypadOverride
    lda #STATE_CLIMB
    sta FloatState
    lda ObjY
    bne :+
    dec ObjYHigh
:   dec ObjY
    jsr RelativePosition
    jmp BoxPlayer
LeaveEnd:
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
    lda #0
    sta PlayerStatus
    rts
@again:
    lda #0
    sta PlayerRoutine
    sta PlayerStatus
    sta AltEntrance
    sta JoypadOverride
    lda AreaHalfway
    beq :+                      ; a room keeps what its stage had
    cmp LeftPage
    beq @reached
    bcs :+
@reached:
    sta HalfwayPage
:   lda #1
    sta PlayerSize
    sta FetchClock
    jmp LoadAreaPointer

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
    lda #MUSIC_DEATH
    jsr PlayMusic
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
    jsr ThrowFireball
    lda Pad1
    and #BUTTON_UP | BUTTON_DOWN
    sta UpDownButtons
    and #BUTTON_DOWN
    beq @crouch
    ldx FloatState              ; on the ground, down cancels left and right
    bne @crouch
    ldy LeftRightButtons
    beq @crouch
    stx LeftRightButtons
    stx UpDownButtons
@crouch:
    lda #0
    ldx PlayerSize
    bne :+                      ; the small one never ducks
    ldx FloatState
    bne MovePlayer              ; in the air he stays as he is
    lda UpDownButtons
    and #BUTTON_DOWN
:   sta Crouching

; One frame of motion under ABButtons and LeftRightButtons.
MovePlayer:
    lda FloatState
    cmp #STATE_CLIMB
    bne :+
    jsr ClimbVine
    jmp @moved
:   jsr StartJump
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
    cmp HaltJump
    bcc @steer                  ; the jump lasts its first frame at least
@falling:
    lda FallGravity
    sta Gravity
@steer:
    lda Swimming
    beq @float
    lda FloatState
    cmp #STATE_JUMP
    bne @float
    lda ObjY
    cmp #$14
    bcs :+
    lda #$18                    ; nobody leaves the water upwards
    sta Gravity
:   lda LeftRightButtons
    beq @sideways
    sta Facing
@float:
    lda LeftRightButtons
    beq @sideways               ; in the air speed is kept
    jsr Accelerate
@sideways:
    ldx JumpspringAnim          ; a spring carries him
    bne @moved
    jsr MoveHorizontally
    clc
    adc LiftMoved               ; the screen follows a lift as well
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

    ; Below the screen there is no way back, but from a cloud there is.
    lda ObjYHigh
    cmp #2
    bmi @end
    ldx #1
    stx ScrollLock
    ldx CloudArea
    beq @pit
    ldx ClockExpired
    bne @pit
    cmp #4
    bcc @end
    lda #0
    sta JoypadOverride
    ldy #3
    jmp LeaveArea
@pit:
    ldx PitSignal
    bne :+
    inc PitSignal
    lda #MUSIC_DEATH
    jsr PlayMusic
    lda #SFX_DEATH
    jsr StartSound
    lda ObjYHigh
:   cmp #4
    bcc @end
    lda #ROUTINE_LOSE_LIFE
    sta PlayerRoutine
@end:
    rts

; A newly pressed on the ground: the faster the run, the stronger the jump. In water it is a stroke,
; at any time but while the last one lifts.
StartJump:
    lda JumpspringAnim
    bne @none
    lda ABButtons
    and #BUTTON_A
    beq @none
    and PreviousAB
    bne @none
    lda FloatState
    beq @jump
    lda Swimming
    beq @none
    lda JumpSwimTimer
    bne @jump
    lda ObjYSpeed
    bpl @jump
@none:
    rts
@jump:
    lda #$20
    sta JumpSwimTimer
    lda #1
    sta HaltJump
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
:   lda Swimming
    beq :+
    ldx #5
:   lda @rise,x
    sta Gravity
    lda @fall,x
    sta FallGravity
    lda @speed,x
    sta ObjYSpeed
    cpx #5
    bcs @stroke
    lda #SFX_JUMP
    jmp StartSound
@stroke:
    lda #$80
    sta ObjYForce
    lda ObjY
    cmp #$14
    bcs :+
    lda #0                      ; not at the surface
    sta ObjYSpeed
:   lda #SFX_SWIM
    jmp StartSound
@class:
    .byte $09, $10, $19, $1C
@rise:
    .byte $20, $20, $1E, $28, $28, $0D
@fall:
    .byte $70, $70, $60, $90, $90, $0A
@speed:
    .byte $FC, $FC, $FC, $FB, $FB, $FE

; On a vine: up and down; the side changes with left and right, and past the vine he lets go.
ClimbVine:
    lda #0
    sta XMoved
    ldx #0
    lda UpDownButtons
    beq @move
    inx
    and #BUTTON_UP
    bne @move
    inx
@move:
    lda @force,x
    sta ObjYForce
    lda @speed,x
    sta ObjYSpeed
    lda ObjYSub
    clc
    adc ObjYForce
    sta ObjYSub
    ldy #0
    lda ObjYSpeed
    bpl :+
    dey
:   adc ObjY
    sta ObjY
    tya
    adc ObjYHigh
    sta ObjYHigh
    lda LeftRightButtons
    beq @rest
    lda ClimbTimer
    bne @end
    lda #$18
    sta ClimbTimer
    ldx #0                      ; 0, 1 right, facing right or left; 2, 3 left
    lda LeftRightButtons
    lsr a
    bcs :+
    ldx #2
:   lda Facing
    lsr a
    bcs :+
    inx
:   lda ObjX
    clc
    adc @low,x
    sta ObjX
    lda ObjPage
    adc @high,x
    sta ObjPage
    lda LeftRightButtons
    eor #3
    sta Facing
    rts
@rest:
    sta ClimbTimer
@end:
    rts
@force:
    .byte $00, $20, $FF
@speed:
    .byte $00, $FF, $01
@low:
    .byte $0E, $04, $FC, $F2
@high:
    .byte $00, $00, $FF, $FF

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
    lda AreaType
    bne @land
    inx                         ; on the sea's floor, wading
    ldy #2
    bne @pace
@land:
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
@pace:
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
    lda PlayerRoutine
    cmp #ROUTINE_AREA
    bne :+
    ldy #3                      ; into the introduction's log, slowly
:   lda @right,y
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
    .byte $D8, $E8, $F0
@right:
    .byte $28, $18, $10, $0C
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

; The screen follows the hero to the right: gently between 80 and 112, then with him. Until the axe is taken
; it ends there, so that nobody passes it.
AXE_ON_SCREEN = $E6
ScrollScreen:
    ldy #0
    lda ScrollLock
    bne @amount
    lda AxePage
    beq @follow
    lda LeftX
    clc
    adc #AXE_ON_SCREEN
    tax
    lda LeftPage
    adc #0
    cpx AxeX
    sbc AxePage
    bcc @follow
    lda #0
    sta AxePage
    inc ScrollLock
    bne @amount
@follow:
    ldx LeftPage                ; the area's last page is its end
    inx
    cpx AreaWidth
    bcs @amount
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

; PlayerRelX, PlayerRelY. A = PlayerRelX.
RelativePosition:
    lda ObjY
    sta PlayerRelY
    lda ObjX
    sec
    sbc LeftX
    sta PlayerRelX
    rts

; Big 12 x 24 pixels, else 10 or 12 x 12.
BoxPlayer:
    ldy PlayerSize
    bne :+
    lda Crouching
    beq :+
    ldy #2
:   lda PlayerRelX
    clc
    adc @left,y
    sta PlayerBox
    adc @width,y
    sta PlayerBox+2
    lda PlayerRelY
    clc
    adc @top,y
    sta PlayerBox+1
    adc @height,y
    sta PlayerBox+3
    rts
@left:
    .byte 2, 3, 2
@width:
    .byte 12, 10, 12
@top:
    .byte 8, $14, $14
@height:
    .byte 24, 12, 12
