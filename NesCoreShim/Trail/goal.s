; The end of the stage: the pole, the walk to the cabin, the flag over it.

MT_DOOR = $4F
CABIN_RIDGE = $90               ; the y of its roof

; The pole's pennant (slot 5) and the cabin's flag (a free slot) appear with their columns; where the axe is, is kept.
PlaceGoalObjects:
    ldy #12
@row:
    lda MetatileBuffer,y
    cmp #MT_AXE
    beq @axe
    cmp #MT_BALL
    beq @pole
    cmp #MT_DOOR
    beq @cabin
    dey
    bpl @row
    rts
@pole:
    ldx #5
    lda #TYPE_PENNANT
    jsr @place
    lda #$38
    sta EnemyY,x
    lda EnemyX,x
    sec
    sbc #8
    sta EnemyX,x
    bcs :+
    dec EnemyPage,x
:   rts
@axe:
    lda ParserPage
    sta AxePage
    lda ParserColumn
    asl a
    asl a
    asl a
    asl a
    sta AxeX
    rts
@cabin:
    ldx #0
:   lda EnemyActive,x
    beq :+
    inx
    cpx #4
    bne :-
:   lda #TYPE_STAR_FLAG         ; the fifth slot gives way if it must
    jsr @place
    lda #CABIN_RIDGE            ; folded away behind the roof
    sta EnemyY,x
    rts
@place:
    sta EnemyType,x
    lda #1
    sta EnemyActive,x
    sta EnemyYHigh,x
    lda #0
    sta EnemyState,x
    sta EnemyXSpeed,x
    sta EnemyYSpeed,x
    lda ParserPage
    sta EnemyPage,x
    lda ParserColumn
    asl a
    asl a
    asl a
    asl a
    sta EnemyX,x
    rts

; The hero touches the pole's tile at ProbePage, ProbeX. The shaft is in the tile's middle.
CatchPole:
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @end
    lda ObjX
    and #15
    cmp #6
    bcc @end
    cmp #10
    bcs @end
    lda #ROUTINE_POLE
    sta PlayerRoutine
    lda #STATE_CLIMB
    sta FloatState
    lda #1
    sta Facing
    sta ScrollLock
    lda #0
    sta ObjXSpeed
    sta ObjYSpeed
    sta AbsXSpeed
    sta XForce
    lda ProbeX                  ; he holds it seven pixels left of its column
    and #$F0
    sec
    sbc #7
    sta ObjX
    lda ProbePage
    sbc #0
    sta ObjPage
    jsr RelativePosition
    ldy #0                      ; the higher, the better
    lda ObjY
:   cmp @height,y
    bcc :+
    iny
    bne :-
:   ldx @digit,y
    lda @points,y
    jsr AddScore
    lda #MUSIC_NONE
    jsr PlayMusic
    lda #SFX_POLE
    jmp StartSound
@end:
    rts
@height:
    .byte $40, $60, $78, $90, $FF
@digit:
    .byte 3, 3, 4, 4, 4
@points:
    .byte 5, 2, 8, 4, 1

; $04: down the pole, with the pennant.
SlideDownPole:
    lda #STATE_CLIMB
    sta FloatState
    ldx #0                      ; set when both are down
    lda ObjY
    cmp #$A0
    bcs @hero
    adc #2
    cmp #$A0
    bcc :+
    lda #$A0                    ; on the foot stone
:   sta ObjY
    inx
@hero:
    lda EnemyY+5
    cmp #$A0
    bcs @pennant
    adc #2
    sta EnemyY+5
    inx
@pennant:
    jsr RelativePosition
    jsr BoxPlayer
    txa
    bne @end
    lda #ROUTINE_WALK_HOME
    sta PlayerRoutine
    lda #MUSIC_CLEAR
    jsr PlayMusic
    lda ObjX                    ; round to the far side
    clc
    adc #13
    sta ObjX
    bcc @end
    inc ObjPage
@end:
    rts

; $05: to the cabin's door; then the clock becomes points and the flag goes up.
WalkHome:
    lda GoalTask
    beq @walk
    jsr RelativePosition
    lda GoalTask
    jsr Dispatch
    .addr @walk, CountClock, RaiseFlag, Linger
@walk:
    lda #0
    sta ScrollLock
    sta ABButtons
    lda #BUTTON_RIGHT
    sta Pad1
    sta LeftRightButtons
    jsr MovePlayer
    ldx #4                      ; the door is under the flag
:   lda EnemyType,x
    cmp #TYPE_STAR_FLAG
    beq @door
    dex
    bpl :-
    rts
@door:
    lda ObjX
    cmp EnemyX,x
    lda ObjPage
    sbc EnemyPage,x
    bcc @end
    lda #1
    sta PlayerHidden
    sta GoalTask
    lda #0
    sta ObjXSpeed
    sta AbsXSpeed
@end:
    rts

CountClock:
    lda ClockDigits
    ora ClockDigits+1
    ora ClockDigits+2
    beq @done
    jsr TickClock
    lda FrameCounter
    and #3
    bne :+
    lda #SFX_COUNT
    jsr StartSound
:   ldx #5
    lda #5
    jmp AddScore
@done:
    inc GoalTask
    rts

RaiseFlag:
    ldx #4
:   lda EnemyType,x
    cmp #TYPE_STAR_FLAG
    beq @flag
    dex
    bpl :-
    bmi @done
@flag:
    lda EnemyY,x
    cmp #CABIN_RIDGE - 15
    bcc @done
    lda FrameCounter
    lsr a
    bcs :+
    dec EnemyY,x
:   rts
@done:
    lda #$60
    sta GoalDelay
    inc GoalTask
    rts

; On to the next stage.
Linger:
    dec GoalDelay
    bne @end
    jsr NextStage
    lda #0
    sta HalfwayPage
    sta AltEntrance
    inc FetchClock
    jsr LoadAreaPointer
    jmp ChangeArea
@end:
    rts

; A pipe's introduction is over: the stage's own area.
NextArea:
    inc AreaNumber
    inc FetchClock
    lda #0
    sta HalfwayPage
    jsr LoadAreaPointer
; The area of AreaPointer is loaded.
ChangeArea:
    lda #0
    sta OperTask
    sta Sprite0Flag
    sta PlayerRoutine
    inc DisableScreen
    rts
