; Power: what rises from blocks, what the hero becomes by it, how he loses it, and the fire he throws.

STAR_TIME   = $23               ; of 21 frames
INJURY_TIME = 8

; ---- power-ups: 2E in slot 5 ------------------------------------------------------------------------
; State 1 to 10 rises out of the block, 80 is about.

; One of kind A (0 growth, which is fire for the big; 2 star, 3 life) rises from block X. Keeps X.
RaisePowerUp:
    sta PowerUpKind
    cmp #0
    bne :+
    lda PlayerStatus
    beq :+
    inc PowerUpKind
:   lda BlockPage,x
    sta EnemyPage+5
    lda BlockX,x
    sta EnemyX+5
    lda BlockY,x
    sec
    sbc #8
    sta EnemyY+5
    txa
    pha
    ldx #5
    lda #TYPE_POWER_UP
    jsr TakeSlot
    lda #0
    jsr InitObject
    inc EnemyState+5
    lda #SFX_ITEM
    jsr StartSound
    pla
    tax
    rts

RunPowerUp:
    lda TimerControl
    bne @still
    lda EnemyState,x
    bmi @about
    lda FrameCounter
    and #3
    bne @still
    dec EnemyY,x
    inc EnemyState,x
    lda EnemyState,x
    cmp #$11
    bcc @still
    lda #$80
    sta EnemyState,x
    lda #$10
    sta EnemyXSpeed,x
    lda #1
    sta EnemyDir,x
    bne @still
@about:
    lda PowerUpKind
    cmp #POWER_FIRE
    beq @still
    lda #$1C
    ldy PowerUpKind
    cpy #POWER_STAR
    beq :+
    lda #$3D
:   ldy #3
    jsr FallObject
    lda EnemyYHigh,x
    cmp #2
    bcc :+
    jmp EraseEnemy
:   inx
    jsr MoveHorizontally
    dex
    jsr FeetOnGround
    bcs @wall
    lda PowerUpKind
    cmp #POWER_STAR
    bne @wall
    lda #<-3
    sta EnemyYSpeed,x
    lda EnemyY,x
    sec
    sbc #2
    sta EnemyY,x
@wall:
    jsr WallAhead
    bcc @still
    jsr TurnRound
@still:
    jsr BoxEnemy
    ldx CurrentSlot
    lda EnemyActive,x
    beq @end
    lda EnemyState,x
    cmp #6
    bcc @draw
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @draw
    jsr HeroTouches
    bcs TakePowerUp
@draw:
    jmp DrawPowerUp
@end:
    rts

; The hero has it.
TakePowerUp:
    jsr EraseEnemy
    ldx #3                      ; 1000 points
    lda #1
    jsr AddScore
    lda PowerUpKind
    cmp #POWER_LIFE
    beq @life
    cmp #POWER_STAR
    beq @star
    lda #SFX_GROW
    jsr StartSound
    ldy PlayerStatus
    cpy #2
    bcs @end
    inc PlayerStatus
    lda #ROUTINE_SIZE
    dey
    bmi :+
    lda #ROUTINE_FIRE
:   ldy #STATE_GROUND
    jmp HoldGame
@life:
    inc Lives
    lda #SFX_LIFE
    jmp StartSound
@star:
    lda #STAR_TIME
    sta StarTimer
    lda #MUSIC_STAR
    jmp PlayMusic
@end:
    rts

; The game holds its breath while routine A runs; the hero's state becomes Y.
HoldGame:
    sta PlayerRoutine
    sty FloatState
    lda #$FF
    sta TimerControl
    lda #0
    sta ScrollAmount
    rts

; With the star its music ends.
EndStar:
    lda Song
    cmp #MUSIC_STAR
    bne @end
    lda StarTimer
    bne @end
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @end
    jmp PlayAreaMusic
@end:
    rts

; $09: growing. TimerControl counts down from $FF.
ChangeSize:
    lda TimerControl
    cmp #$F8
    beq SwitchSize
    cmp #$C4
    beq Released
    rts

; Control goes on.
Released:
    lda #0
    sta TimerControl
    lda #ROUTINE_PLAY
    sta PlayerRoutine
    rts

SwitchSize:
    lda PlayerSize
    eor #1
    sta PlayerSize
    rts

; $0A: shrinking; he may move again while everything else stands still.
InjuryBlink:
    lda TimerControl
    cmp #$F0
    beq SwitchSize
    bcs @end
    cmp #$C8
    beq Released
    jmp ControlPlayer
@end:
    rts

; $0C: catching fire.
TakeFire:
    lda TimerControl
    cmp #$C0
    beq Released
    rts

; Something harmful touched the hero. Keeps nothing.
InjurePlayer:
    lda InjuryTimer
    ora StarTimer
    bne @end
    lda PlayerStatus
    beq @dies
    lda #0
    sta PlayerStatus
    lda #INJURY_TIME
    sta InjuryTimer
    lda #SFX_HURT
    jsr StartSound
    lda #ROUTINE_INJURY
    ldy #STATE_JUMP
    jmp HoldGame
@dies:
    jmp KillPlayer
@end:
    rts

; ---- fireballs ------------------------------------------------------------------------------------------

; B newly pressed, and fire to throw: at most two at a time.
ThrowFireball:
    lda PlayerStatus
    cmp #2
    bcc @end
    lda ABButtons
    and #BUTTON_B
    beq @end
    and PreviousAB
    bne @end
    lda Crouching
    bne @end
    lda FloatState
    cmp #STATE_CLIMB
    beq @end
    lda ObjYHigh
    cmp #1
    bne @end
    lda FireballTurn
    and #1
    tax
    lda FireballState,x
    bne @end
    inc FireballTurn
    inc FireballState,x
    lda ObjX
    clc
    adc #4
    sta FireballX,x
    lda ObjPage
    adc #0
    sta FireballPage,x
    lda ObjY
    clc
    adc #4
    sta FireballY,x
    lda #1
    sta FireballYHigh,x
    ldy #$40
    lda Facing
    lsr a
    bcs :+
    ldy #<-$40
:   sty FireballXSpeed,x
    lda #4
    sta FireballYSpeed,x
    lda #0
    sta FireballDown,x
    sta ObjYForce+OBJ_FIREBALL,x
    lda #8
    sta ThrowClock
    lda #SFX_FIRE
    jmp StartSound
@end:
    rts

UpdateFireballs:
    ldx #1
@ball:
    stx CurrentSlot
    lda FireballState,x
    beq @next
    bmi @bursts
    jsr FlyFireball
    jmp @next
@bursts:
    jsr DrawBurst
    ldx CurrentSlot
    inc FireballState,x
    lda FireballState,x
    cmp #$8A
    bcc @next
    lda #0
    sta FireballState,x
@next:
    ldx CurrentSlot
    dex
    bpl @ball
    lda ThrowClock
    beq :+
    dec ThrowClock
:   rts

FlyFireball:
    lda TimerControl
    bne @placed
    txa
    clc
    adc #OBJ_FIREBALL
    tax
    lda #$50
    sta Tmp
    lda #3
    sta Tmp+1
    jsr ApplyGravity
    jsr MoveHorizontally
    ldx CurrentSlot
@placed:
    lda FireballX,x
    sec
    sbc LeftX
    sta CellX
    lda FireballPage,x
    sbc LeftPage
    bne @lost
    lda FireballYHigh,x
    cmp #1
    bne @lost
    lda FireballY,x
    cmp #$E8
    bcc :+
@lost:
    lda #0
    sta FireballState,x
    rts
:   sta RowY
    jsr BurnObjects
    ldx CurrentSlot
    lda FireballState,x
    bmi @burst
    ; The ground throws it up again; a second touch at once is a wall.
    lda FireballX,x
    clc
    adc #4
    sta ProbeX
    lda FireballPage,x
    adc #0
    sta ProbePage
    lda FireballY,x
    clc
    adc #4
    jsr ProbePoint
    jsr IsOpen
    bcs @free
    lda FireballYSpeed,x
    bmi @wall
    lda FireballDown,x
    bne @wall
    inc FireballDown,x
    lda #<-3
    sta FireballYSpeed,x
    lda FireballY,x
    and #$F8
    sta FireballY,x
    jmp @draw
@wall:
    lda #SFX_BUMP
    jsr StartSound
@hit:
    lda #$80
    sta FireballState,x
@burst:
    jmp DrawBurst
@free:
    lda #0
    sta FireballDown,x
@draw:
    lda FrameCounter
    lsr a
    lsr a
    and #3
    tay
    lda BallFlips,y
    sta CellAttr
    lda #FireBall
    sta CellTile
    dec RowY
    jmp PutCell

BallFlips:
    .byte 3, 3 | FLIP, 3 | FLIP | UPSIDE_DOWN, 3 | UPSIDE_DOWN

; The ball at CellX, RowY against every slot. It bursts on what it hits.
BurnObjects:
    ldx #4
@slot:
    lda EnemyActive,x
    beq @next
    bmi @next
    lda EnemyState,x
    and #STATE_DEFEATED
    bne @next
    ldy EnemyType,x
    cpy #LAST_TYPE + 1
    bcs @next
    lda Traits,y
    and #HARMFUL
    beq @next
    cpy #TYPE_LEAPER
    beq @next
    cpy #TYPE_FLAME
    beq @next
    cpy #TYPE_WALKER
    bne :+
    lda EnemyState,x
    cmp #2
    bcs @next
:   txa
    asl a
    asl a
    tay
    lda EnemyBox,y
    cmp #$FF
    beq @next
    lda CellX
    clc
    adc #8
    bcs @next
    cmp EnemyBox,y
    bcc @next
    lda EnemyBox+2,y
    cmp CellX
    bcc @next
    lda RowY
    clc
    adc #8
    cmp EnemyBox+1,y
    bcc @next
    lda EnemyBox+3,y
    cmp RowY
    bcs @hit
@next:
    dex
    bpl @slot
    rts
@hit:
    ldy CurrentSlot
    lda #$80
    sta FireballState,y
    ldy EnemyType,x
    lda Traits,y
    and #FIREPROOF
    bne @proof
    cpy #TYPE_BOSS
    bne :+
    jmp SingeBoss
:   jsr DefeatObject
    ldy #1
    jmp ScoreChain
@proof:
    lda #SFX_BUMP
    jmp StartSound
