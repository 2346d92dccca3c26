; What carries the hero: lifts 24 to 2C and the spring 32.

LIFT_STEP = 5                   ; 1/256 pixel per frame per frame
BALANCE_TOP = $30               ; scanline of the beam a balance hangs from

; Scratch = range in half tiles, 0 for the usual.
InitLift:
    lda EnemyType,x
    cmp #TYPE_LIFT_SWING
    bne :+
    lda Scratch                 ; swings about the middle of its range
    bne @range
    lda #8
@range:
    asl a
    asl a
    asl a
    clc
    adc EnemyY,x
    sta SlotOriginY,x
:   rts

; A balance hangs in two halves: the one born second finds the first.
InitBalance:
    lda #$FF
    sta SlotAux,x
    ldy #4
@look:
    lda EnemyActive,y
    beq @next
    lda EnemyType,y
    cmp #TYPE_BALANCE
    bne @next
    stx Tmp
    cpy Tmp
    beq @next
    lda SlotAux,y
    bpl @next                   ; has its other half
    txa
    sta SlotAux,y
    tya
    sta SlotAux,x
    rts
@next:
    dey
    bpl @look
    rts

RunLift:
    lda #0
    sta Scratch                 ; pixels moved sideways
    lda TimerControl
    bne @moved
    lda EnemyState,x
    bne @drops
    lda EnemyType,x
    sec
    sbc #TYPE_BALANCE
    jsr Dispatch
    .addr @balances, @swings, @rises, @sinks, @sideways, @falls, @slides, @rises, @sinks
@balances:
    jsr MoveBalance
    jmp @moved
@drops:                         ; a torn balance
    jsr FallOut
    jmp @moved
@swings:
    lda #LIFT_STEP
    ldy #3
    jsr SwingVertically
    jmp @moved
@rises:
    lda #$10                    ; 15/16 of a pixel up
    ldy #<-1
    bne @steady
@sinks:
    lda #$F0
    ldy #0
@steady:
    sta EnemyYForce,x
    tya
    sta EnemyYSpeed,x
    jsr MoveVertically
    lda #1                      ; round and round
    sta EnemyYHigh,x
    jmp @moved
@sideways:
    lda #$0E
    jsr SwingSideways
@move:
    inx
    jsr MoveHorizontally
    sta Scratch
    dex
    jmp @moved
@falls:
    lda LiftRidden,x
    beq @moved
    lda #$7F
    ldy #2
    jsr FallObject
    jmp @moved
@slides:
    lda LiftRidden,x
    beq @move
    lda #$10
    sta EnemyXSpeed,x
    bne @move

@moved:
    lda EnemyActive,x
    beq @gone
    jsr CarryHero
    ldx CurrentSlot
    jsr BoxEnemy
    ldx CurrentSlot
    lda EnemyActive,x
    beq @gone
    jsr LandOnLift
    ldx CurrentSlot
    lda EnemyType,x
    cmp #TYPE_BALANCE
    bne :+
    jsr DrawRope
    ldx CurrentSlot
:   jmp DrawLift
@gone:
    rts

; Whoever stood on it goes with it.
CarryHero:
    lda LiftRidden,x
    beq @end
    lda FloatState
    cmp #STATE_JUMP
    beq @end
    lda EnemyYHigh,x
    cmp #1
    bne @end
    lda EnemyY,x
    sec
    sbc #32
    sta ObjY
    lda #1
    sbc #0
    sta ObjYHigh
    lda Scratch
    beq @place
    bpl @right
    dec ObjPage
@right:
    clc
    adc ObjX
    sta ObjX
    bcc :+
    inc ObjPage
:   lda LiftMoved
    clc
    adc Scratch
    sta LiftMoved
@place:
    jsr RelativePosition
    jmp BoxPlayer
@end:
    rts

; The hero's feet on its top carry; his head under it is stopped.
LandOnLift:
    lda #0
    sta LiftRidden,x
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    beq :+
    rts
:   txa
    asl a
    asl a
    tay
    lda EnemyBox,y
    cmp #$FF
    beq @end
    cmp PlayerBox+2
    bcs @end
    lda PlayerBox
    cmp EnemyBox+2,y
    bcs @end
    lda ObjYHigh
    cmp #1
    bne @end
    lda PlayerBox+3
    sec
    sbc EnemyBox+1,y
    bcc @end
    cmp #6
    bcs @under
    lda ObjYSpeed
    bmi @end
    inc LiftRidden,x
    lda #0
    sta ObjYSpeed
    sta ObjYForce
    sta FloatState
    sta StompChain
    lda EnemyY,x
    sec
    sbc #32
    sta ObjY
    jsr RelativePosition
    jmp BoxPlayer
@under:
    lda EnemyBox+3,y
    sec
    sbc PlayerBox+1
    bcc @end
    cmp #4
    bcs @end
    lda ObjYSpeed
    bpl @end
    lda #1
    sta ObjYSpeed
@end:
    rts

; The ridden half of a balance sinks and its other half rises; too far, and both fall.
MoveBalance:
    ldy SlotAux,x
    bmi @end
    lda LiftRidden,x
    beq @rest
    lda EnemyYForce,x           ; EnemyYSpeed is what it sinks by, up to 2 pixels a frame
    clc
    adc #$10
    sta EnemyYForce,x
    lda EnemyYSpeed,x
    adc #0
    cmp #2
    bcc :+
    lda #0
    sta EnemyYForce,x
    lda #2
:   sta EnemyYSpeed,x
    bpl @shift
@rest:
    lda LiftRidden,y
    bne @end                    ; the other half moves both
    lda EnemyYSpeed,x
    ora EnemyYForce,x
    beq @end
    lda EnemyYForce,x
    sec
    sbc #$08
    sta EnemyYForce,x
    lda EnemyYSpeed,x
    sbc #0
    bpl :+
    lda #0
    sta EnemyYForce,x
:   sta EnemyYSpeed,x
@shift:
    jsr MoveVertically
    sta Tmp
    ldy SlotAux,x
    lda EnemyY,y
    sec
    sbc Tmp
    sta EnemyY,y
    cmp #BALANCE_TOP
    bcs @end
    lda #1                      ; the rope is at its end
    sta EnemyState,x
    sta EnemyState,y
    lda #0
    sta EnemyYSpeed,x
    sta EnemyYSpeed,y
@end:
    rts

; ---- spring: 32 -----------------------------------------------------------------------------------
; The stage has solid tiles where it stands. Landing on them sets JumpspringAnim to 1; it goes down and up
; again in steps of JumpspringTimer, carrying him.

InitSpring:
    lda EnemyY,x                ; two tiles high
    sec
    sbc #8
    sta EnemyY,x
    sta SlotOriginY,x
    rts

RunSpring:
    lda SlotOriginY,x
    sta EnemyY,x
    jsr BoxEnemy
    ldx CurrentSlot
    lda EnemyActive,x
    beq @end
    lda JumpspringAnim
    beq @draw
    jsr HeroDistance            ; several springs: the one under him
    cmp #$10
    bcs @draw
    ldy JumpspringAnim
    lda TimerControl
    bne @draw
    lda @sink-1,y
    clc
    adc SlotOriginY,x
    sta EnemyY,x
    lda SlotOriginY,x
    sec
    sbc #32
    clc
    adc @sink-1,y
    sta ObjY
    lda #0
    sta ObjYSpeed
    sta ObjYForce
    lda #STATE_FALL
    sta FloatState
    jsr RelativePosition
    jsr BoxPlayer
    ldy JumpspringAnim
    cpy #2
    bcc @timer
    lda ABButtons
    and #BUTTON_A
    beq @timer
    and PreviousAB
    bne @timer
    lda #<-12
    sta JumpspringForce
@timer:
    lda JumpspringTimer
    bne @draw
    lda #4
    sta JumpspringTimer
    iny
    sty JumpspringAnim
    cpy #5
    bcc @draw
    lda JumpspringForce             ; off he goes
    sta ObjYSpeed
    lda #$70
    sta Gravity
    sta FallGravity
    lda #0
    sta JumpspringAnim
    lda #SFX_SPRING
    jsr StartSound
@draw:
    ldx CurrentSlot
    jmp DrawSpring
@end:
    rts
@sink:
    .byte 8, 16, 8, 0
