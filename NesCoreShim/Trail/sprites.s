; Pictures on the screen. Sprite 0 splits the screen, 1-4 are the hero, then four for each slot,
; four for each hopping block, two for each thrown coin.

OAM_HERO  = 4
OAM_SLOTS = 20
OAM_BLOCKS = 116
OAM_COINS = 148

FLIP = %01000000

; All sprites, or all but sprite 0, leave the screen.
HideSprites:
    lda #$F8
    sta Oam
HideObjects:
    lda #$F8
    ldx #4
:   sta Oam,x
    inx
    inx
    inx
    inx
    bne :-
    rts

; Draws the 16 x 16 picture DrawTile at DrawXHigh:DrawX, DrawY with DrawAttr into OamOffset.
DrawPicture:
    ldx OamOffset
    ldy DrawTile
    bit DrawAttr
    bvs @flipped
    tya
    sta Oam+1,x
    iny
    tya
    sta Oam+5,x
    iny
    tya
    sta Oam+9,x
    iny
    tya
    sta Oam+13,x
    jmp @place
@flipped:
    tya
    sta Oam+5,x
    iny
    tya
    sta Oam+1,x
    iny
    tya
    sta Oam+13,x
    iny
    tya
    sta Oam+9,x
@place:
    lda DrawAttr
    sta Oam+2,x
    sta Oam+6,x
    sta Oam+10,x
    sta Oam+14,x
    ldy DrawY
    dey                         ; sprites show a line late
    lda DrawXHigh
    bne @right
    tya
    sta Oam,x
    clc
    adc #8
    sta Oam+8,x
    lda DrawX
    sta Oam+3,x
    sta Oam+11,x
@right:
    lda DrawX
    clc
    adc #8
    sta Oam+7,x
    sta Oam+15,x
    lda DrawXHigh
    adc #0
    bne @end
    tya
    sta Oam+4,x
    clc
    adc #8
    sta Oam+12,x
@end:
    rts

DrawPlayer:
    lda PlayerHidden
    bne @end
    lda ObjYHigh
    cmp #1
    bne @end
    lda PlayerRelY
    cmp #$E0
    bcs @end
    adc #16
    sta DrawY
    lda PlayerRelX
    sta DrawX
    lda #0
    sta DrawXHigh
    ldx #0
    lda Facing
    lsr a
    bcs :+
    ldx #FLIP
:   stx DrawAttr
    lda #OAM_HERO
    sta OamOffset
    jsr ChoosePicture
    sta DrawTile
    jmp DrawPicture
@end:
    rts

; A = the hero's picture.
ChoosePicture:
    lda PlayerRoutine
    cmp #ROUTINE_DEATH
    beq @hurt
    lda FloatState
    cmp #STATE_CLIMB
    beq @climb
    cmp #STATE_GROUND
    bne @jump
    lda AbsXSpeed
    beq @stand
    lda LeftRightButtons
    beq @walk
    cmp MovingDir
    bne @skid
@walk:
    dec WalkClock
    bpl :+
    lda WalkPace
    sta WalkClock
    inc WalkPicture
:   lda WalkPicture
    and #3
    tax
    lda @walking,x
    rts
@stand:
    lda #HeroStands
    rts
@jump:
    lda #HeroJumps
    rts
@skid:
    lda #HeroSkids
    rts
@hurt:
    lda #HeroHurt
    rts
@climb:
    lda ObjY
    and #4
    beq :+
    lda #HeroClimbs1
    rts
:   lda #HeroClimbs2
    rts
@walking:
    .byte HeroWalks1, HeroWalks2, HeroWalks3, HeroWalks2

; OamOffset = slot X's four sprites.
PointSlotOam:
    txa
    asl a
    asl a
    asl a
    asl a
    adc #OAM_SLOTS
    sta OamOffset
    rts

; Uses EnemyRelX and DrawXHigh as BoxEnemy left them.
DrawWalker:
    lda EnemyYHigh,x
    cmp #1
    bne @end
    lda EnemyY,x
    cmp #$E8
    bcs @end
    adc #8
    sta DrawY
    lda EnemyRelX
    sta DrawX
    jsr PointSlotOam
    lda EnemyState,x
    cmp #ENEMY_SQUASHED
    beq @squashed
    cmp #ENEMY_KNOCKED
    beq @knocked
    lda FrameCounter
    and #8
    beq :+
    lda #WalkerSteps1
    bne @draw
:   lda #WalkerSteps2
    bne @draw
@squashed:
    lda #WalkerFlat
    bne @draw
@knocked:
    lda #WalkerUpset
@draw:
    sta DrawTile
    ldy #1
    lda EnemyDir,x
    cmp #2
    beq :+
    ldy #1 | FLIP
:   sty DrawAttr
    jmp DrawPicture
@end:
    rts

; DrawX = slot X on the screen.
PointSlotX:
    lda EnemyX,x
    sec
    sbc LeftX
    sta DrawX
    lda EnemyPage,x
    sbc LeftPage
    sta DrawXHigh
    rts

DrawPennant:
    jsr PointSlotX
    jsr PointSlotOam
    lda EnemyY,x
    clc
    adc #8
    sta DrawY
    lda #Pennant
    sta DrawTile
    lda #0
    sta DrawAttr
    jmp DrawPicture

DrawStarFlag:
    lda GoalTask
    cmp #2
    bcc @end                    ; still folded away
    jsr PointSlotX
    jsr PointSlotOam
    lda EnemyY,x
    sta DrawY
    lda #StarFlag
    sta DrawTile
    lda #%00100000              ; behind the roof
    sta DrawAttr
    jmp DrawPicture
@end:
    rts

; Block X in mid hop.
DrawBlock:
    ldy BlockClock,x
    lda BlockY,x
    sec
    sbc BlockHop,y
    sta DrawY
    lda BlockX,x
    sec
    sbc LeftX
    sta DrawX
    lda BlockPage,x
    sbc LeftPage
    sta DrawXHigh
    txa
    asl a
    asl a
    asl a
    asl a
    adc #OAM_BLOCKS
    sta OamOffset
    ldy #SpritePlank
    lda BlockTile,x
    ldx #2
    cmp #MT_EMPTY
    bne :+
    ldy #SpriteCrate
    inx
:   sty DrawTile
    stx DrawAttr
    jmp DrawPicture

; Thrown coin X.
DrawCoin:
    lda CoinX,x
    sec
    sbc LeftX
    sta DrawX
    lda CoinPage,x
    sbc LeftPage
    bne @end
    lda CoinY,x
    sta DrawY
    txa
    asl a
    asl a
    asl a
    tay
    ldx #SpriteCoin
    lda FrameCounter
    and #4
    beq :+
    ldx #SpriteCoinEdge
:   txa
    sta Oam+OAM_COINS+1,y
    clc
    adc #1
    sta Oam+OAM_COINS+5,y
    lda #3
    sta Oam+OAM_COINS+2,y
    sta Oam+OAM_COINS+6,y
    lda DrawX
    sta Oam+OAM_COINS+3,y
    sta Oam+OAM_COINS+7,y
    ldx DrawY
    dex
    txa
    sta Oam+OAM_COINS,y
    clc
    adc #8
    sta Oam+OAM_COINS+4,y
@end:
    rts

; The title's hero looks about.
ShowHeroOnTitle:
AnimateTitle:
    lda #$28
    sta DrawX
    lda #$C0
    sta DrawY
    lda #0
    sta DrawXHigh
    ldx #HeroStands
    lda FrameCounter
    bmi :+
    and #$7F
    cmp #$60
    bcs :++
:   lda #0
    beq :++
:   lda #FLIP
:   sta DrawAttr
    stx DrawTile
    lda #OAM_HERO
    sta OamOffset
    jmp DrawPicture
